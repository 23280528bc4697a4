import ArgumentParser
import Foundation

// A reader that has gone, as in `ratchet … | head`, is told by the write and must not end the process.
signal(SIGPIPE, SIG_IGN)

do {
  var command = try Ratchet.parseAsRoot(ArgumentPreparation.prepared(Array(CommandLine.arguments.dropFirst())))
  try command.run()
} catch {
  guard let failure = Failure(error) else { Ratchet.exit(withError: error) }
  StandardError.write(failure.message)
  exit(failure.status.rawValue)
}
