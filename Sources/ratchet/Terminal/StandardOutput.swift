import Foundation

/// Where results go.
enum StandardOutput {
  static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  /// Whether a reader wants colour: on a terminal that knows it, and not under `NO_COLOR` (no-color.org).
  static var isColoured: Bool {
    let environment = ProcessInfo.processInfo.environment
    return isTerminal && environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb"
  }

  /// Writes all of it; a reader that has gone has seen enough, which is no failure.
  static func write(_ text: String) throws(Failure) {
    switch FileDescriptorWriter.write(text, to: STDOUT_FILENO) {
    case 0, EPIPE: return
    case let code: throw Failure(.machineFailed, "can't write to standard output: \(String(cString: strerror(code)))")
    }
  }
}

/// Where progress and diagnostics go; there is nobody to tell where it fails.
enum StandardError {
  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  static func write(_ text: String) {
    _ = FileDescriptorWriter.write(text, to: STDERR_FILENO)
  }
}

enum FileDescriptorWriter {
  /// Writes all bytes of a text.
  /// - Returns: 0, or the error's number.
  static func write(_ text: String, to descriptor: Int32) -> Int32 {
    var text = text
    return text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while let start = rest.baseAddress, !rest.isEmpty {
        let count = Foundation.write(descriptor, start, rest.count)
        if count < 0 {
          if errno == EINTR { continue }
          return errno
        }
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
      }
      return 0
    }
  }
}
