import ArgumentParser
import Foundation
import Synchronization

/// Ends what runs once the process is asked to end, by Ctrl-C or `SIGTERM`, so that nothing is left behind.
enum Interruption {
  private static let caught = Atomic<Int32>(0)
  private static let child = Atomic<pid_t>(0)

  static func listen() {
    // A handler may not be the first to touch the numbers, since that would allocate.
    child.store(0, ordering: .relaxed)
    caught.store(0, ordering: .relaxed)
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        Interruption.caught.store(number, ordering: .sequentiallyConsistent)
        Interruption.endChild()
      }
    }
  }

  /// - Throws: the exit status that shells expect, 128 and the signal, where one has come.
  static func check() throws {
    let number = caught.load(ordering: .sequentiallyConsistent)
    if number != 0 { throw ExitCode(128 + number) }
  }

  /// Until `forget`, an interruption ends the child, even one that has come before.
  static func watch(_ id: pid_t) {
    child.store(id, ordering: .sequentiallyConsistent)
    if caught.load(ordering: .sequentiallyConsistent) != 0 { endChild() }
  }

  static func forget() { child.store(0, ordering: .sequentiallyConsistent) }

  /// Calls only what a signal handler may.
  private static func endChild() {
    let id = child.load(ordering: .sequentiallyConsistent)
    // A child that leads a group has perhaps started processes of its own, as pip does.
    if id > 0 { kill(getpgid(id) == id ? -id : id, SIGKILL) }
  }
}
