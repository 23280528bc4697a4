import Engine

/// The logs of a run and of its twin, as far as they have been run.
struct TwinLogs {
  var run: RequestLog?
  var twin: RequestLog?

  /// What the faults did; nil where one of the two was not run.
  func harm(_ outcome: ReplicationOutcome, twin calm: ReplicationOutcome?, windows: Int) -> TwinHarm? {
    guard let run, let twin, let calm else { return nil }
    return TwinHarm(
      run: LoggedReplication(outcome: outcome, log: run), twin: LoggedReplication(outcome: calm, log: twin),
      windows: windows)
  }
}
