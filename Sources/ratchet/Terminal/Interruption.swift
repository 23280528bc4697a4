import Campaign
import Dispatch
import Foundation

/// Turns the signals that ask a process to end into a campaign's cancellation; the second one ends it at once.
final class Interruption {
  let cancellation = Cancellation()
  private var sources: [any DispatchSourceSignal] = []

  init() {
    let queue = DispatchQueue(label: "interruption")
    for number in [SIGINT, SIGTERM] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      let cancellation = cancellation
      source.setEventHandler {
        if cancellation.isCancelled { _exit(ExitStatus.interrupted.rawValue) }
        cancellation.cancel()
      }
      source.resume()
      sources.append(source)
    }
  }

  deinit { for source in sources { source.cancel() } }
}
