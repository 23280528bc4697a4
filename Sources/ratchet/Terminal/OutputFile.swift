import Foundation

/// Writes a file that appears whole or not at all.
enum OutputFile {
  /// - Parameter overwriting: whether a file that is there may be replaced.
  static func write(_ text: String, to path: String, overwriting: Bool) throws(Failure) {
    try check(path, overwriting: overwriting)
    if FilePath.exists(path), !isRegular(path) {
      try fill(path, with: text, flags: O_WRONLY, naming: path)
      return
    }
    let temporary = "\(path).\(ProcessInfo.processInfo.processIdentifier).part"
    do {
      try fill(temporary, with: text, flags: O_WRONLY | O_CREAT | O_EXCL, naming: path)
    } catch {
      unlink(temporary)
      throw error
    }
    guard rename(temporary, path) == 0 else {
      let reason = String(cString: strerror(errno))
      unlink(temporary)
      throw Failure(.machineFailed, "can't write \(path): \(reason)")
    }
  }

  /// What can be known before there is anything to write.
  static func check(_ path: String, overwriting: Bool) throws(Failure) {
    if path.isEmpty { throw Failure(.invalidInput, "can't write a file without a name") }
    if FilePath.isFolder(path) { throw Failure(.invalidInput, "can't write \(path): it is a folder") }
    guard FilePath.hasParent(path) else {
      throw Failure(.invalidInput, "can't write \(path): there is no folder \(FilePath.parent(of: path))")
    }
    if !overwriting, FilePath.exists(path), isRegular(path) {
      throw Failure(.invalidInput, "\(path) is there already and is left as it is")
    }
  }

  /// Makes a folder, and those that it is in, where they are not there.
  static func makeFolder(_ path: String) throws(Failure) {
    if path.isEmpty || FilePath.isFolder(path) { return }
    try makeFolder(FilePath.parent(of: path))
    if mkdir(path, 0o777) != 0, errno != EEXIST {
      throw Failure(.machineFailed, "can't make the folder \(path): \(String(cString: strerror(errno)))")
    }
  }

  private static func isRegular(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  private static func fill(_ path: String, with text: String, flags: Int32, naming shown: String) throws(Failure) {
    func failure(_ code: Int32) -> Failure {
      Failure(.machineFailed, "can't write \(shown): \(String(cString: strerror(code)))")
    }
    let descriptor = open(path, flags, 0o666)
    guard descriptor >= 0 else { throw failure(errno) }
    var code = FileDescriptorWriter.write(text, to: descriptor)
    if code == 0, flags & O_CREAT != 0, fsync(descriptor) != 0 { code = errno }
    if close(descriptor) != 0, code == 0 { code = errno }
    if code != 0 { throw failure(code) }
  }
}
