import Engine
import Foundation

/// Why telemetry could not be written.
public struct TelemetryError: Error, Hashable, Sendable, CustomStringConvertible {
  public let path: String
  /// The operating system's.
  public let reason: String
  public var description: String { "can't write \(path): \(reason)" }
}

/// The files of one replication's telemetry in a folder.
///
/// Whatever happens to the process or the disk, but for a signal that cannot be caught, a file holds whole lines.
public final class TelemetryFolder {
  /// Lines are written when so many bytes have come together.
  private static let chunk = 1 << 18

  private var lines: TelemetryLines
  private var files: [(kind: TelemetryFile, file: LineFile)] = []
  private var error: TelemetryError?

  /// Makes the files.
  /// - Parameter path: of a folder that is there.
  /// - Throws: where one can't be made or is there already; the others are then not left behind.
  public init(_ path: String, names: TelemetryNames) throws(TelemetryError) {
    lines = TelemetryLines(names)
    for kind in TelemetryFile.allCases {
      do {
        let file = try LineFile(path + "/" + kind.rawValue)
        files.append((kind, file))
        try file.write(Array(kind.header.utf8))
      } catch {
        for made in files { made.file.remove() }
        throw error
      }
    }
  }

  /// Whether something could not be written; what comes after that is dropped, and `close` throws.
  public var hasFailed: Bool { error != nil }

  public func record(_ records: [TelemetryRecord]) {
    if hasFailed { return }
    for record in records { lines.append(record) }
    writeLines(above: Self.chunk)
  }

  /// Writes what is left.
  /// - Throws: the first error there was.
  public func close() throws(TelemetryError) {
    writeLines(above: 0)
    for (_, file) in files {
      do { try file.close() } catch { self.error = self.error ?? error }
    }
    if let error { throw error }
  }

  private func writeLines(above size: Int) {
    for (kind, file) in files where !hasFailed && lines.bytes(of: kind).count > size {
      do { try file.write(lines.bytes(of: kind)) } catch { self.error = error }
      lines.removeAll(of: kind)
    }
  }
}

/// A new file that grows by whole lines.
final class LineFile {
  private let path: String
  private var descriptor: Int32
  /// Bytes of whole lines.
  private var size: off_t = 0

  init(_ path: String, flags: Int32 = O_WRONLY | O_CREAT | O_EXCL) throws(TelemetryError) {
    self.path = path
    descriptor = open(path, flags, 0o666)
    if descriptor < 0 { throw Self.failure(path, errno) }
  }

  deinit { if descriptor >= 0 { _ = Foundation.close(descriptor) } }

  /// Appends whole lines; where that fails, what was written of them is taken back.
  func write(_ lines: [UInt8]) throws(TelemetryError) {
    let code = lines.withUnsafeBytes { bytes -> Int32 in
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = Foundation.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if count < 0, errno == EINTR { continue }
        if count < 0 { return errno }
        rest = rest.dropFirst(count)
      }
      return 0
    }
    if code != 0 {
      _ = ftruncate(descriptor, size)
      throw Self.failure(path, code)
    }
    size += off_t(lines.count)
  }

  func close() throws(TelemetryError) {
    let code = Foundation.close(descriptor)
    descriptor = -1
    if code != 0 { throw Self.failure(path, errno) }
  }

  func remove() { unlink(path) }

  private static func failure(_ path: String, _ code: Int32) -> TelemetryError {
    TelemetryError(path: path, reason: String(cString: strerror(code)))
  }
}
