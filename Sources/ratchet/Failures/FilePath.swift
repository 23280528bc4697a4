import Foundation

/// Questions about a path that a user has named.
enum FilePath {
  static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  static func isFolder(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory.boolValue
  }

  /// The folder that a file is in.
  static func parent(of path: String) -> String {
    let parent = URL(fileURLWithPath: path).deletingLastPathComponent().path
    return parent.isEmpty ? "." : parent
  }

  static func hasParent(_ path: String) -> Bool { isFolder(parent(of: path)) }

  /// The path of a file as one in a folder names it, without symbolic links being followed.
  static func relative(_ path: String, from folder: String) -> String {
    func parts(_ path: String) -> [String] { URL(fileURLWithPath: path).standardizedFileURL.pathComponents }
    let (file, base) = (parts(path), parts(folder))
    let common = zip(file, base).prefix { $0 == $1 }.count
    return ([String](repeating: "..", count: base.count - common) + file.dropFirst(common)).joined(separator: "/")
  }
}
