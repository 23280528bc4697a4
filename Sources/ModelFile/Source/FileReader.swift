import Foundation

/// How the text of a path is had: from the disk, or from memory in tests.
struct FileReader: Sendable {
  /// The largest file that is read, in bytes.
  static let sizeLimit = 4 << 20

  enum Failure: Error {
    case notFound
    case unreadable(String)
    case tooLarge
  }

  let bytes: @Sendable (_ path: String) -> Result<[UInt8], Failure>

  static let disk = FileReader { path in
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      return .failure(.notFound)
    }
    if isDirectory.boolValue { return .failure(.unreadable("is a folder, not a file")) }
    guard let handle = FileHandle(forReadingAtPath: path) else {
      return .failure(.unreadable("may not be read"))
    }
    defer { try? handle.close() }
    do {
      // At the end of a file there is no data rather than empty data.
      let data = try handle.read(upToCount: sizeLimit + 1) ?? Data()
      return data.count > sizeLimit ? .failure(.tooLarge) : .success(Array(data))
    } catch {
      return .failure(.unreadable("cannot be read"))
    }
  }

  static func memory(_ texts: [String: String]) -> FileReader {
    FileReader { path in
      guard let text = texts[path] else { return .failure(.notFound) }
      return text.utf8.count > sizeLimit ? .failure(.tooLarge) : .success(Array(text.utf8))
    }
  }

  /// The text of a file, or what is wrong with it.
  /// - Parameter mention: where the path is named, for a file that another one names.
  func read(_ path: String, mentionedAt mention: SourceLocation? = nil) throws(DiagnosticList) -> SourceFile {
    func problem(_ id: DiagnosticID, _ message: String) -> DiagnosticList {
      if let mention { return DiagnosticList([Diagnostic(id, at: mention, "`\(path)` \(message)")]) }
      return DiagnosticList([Diagnostic(id, path: path, "this file \(message)")])
    }
    let content: [UInt8]
    switch bytes(path) {
    case .success(let bytes): content = bytes
    case .failure(.notFound): throw problem(.fileNotFound, "does not exist")
    case .failure(.unreadable(let reason)): throw problem(.fileUnreadable, reason)
    case .failure(.tooLarge):
      throw problem(.fileTooLarge, "is larger than \(Self.sizeLimit >> 20) MiB, the most that is read")
    }
    if content.contains(0) { throw problem(.binaryFile, "is not text: it contains a zero byte") }
    guard var text = String(validating: content, as: UTF8.self) else {
      throw problem(.binaryFile, "is not text in UTF-8")
    }
    if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
    return SourceFile(path: path, text: text)
  }
}
