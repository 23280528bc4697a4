import Model
import Testing

@testable import ModelFile

/// Amounts that no system has, and those that no run could end with, are refused where they stand.
@Suite struct `An amount of a fault` {
  /// What is said of the fault on the service `web`: 2 replicas of 10 threads.
  private func said(_ settings: String) -> String {
    Golden(
      .outOfRange, in: .outage, replacing: "inject: hang\n    target: viewing-history", with: settings, says: ""
    ).said()
  }

  private func said(ofFailure settings: String) -> String {
    Golden(.outOfRange, in: .shop, replacing: "time: {", with: "failures: {f: {\(settings)}}\ntime: {", says: "").said()
  }

  @Test func `is there to be taken`() {
    #expect(said("inject: capacity\n    threads: 10\n    target: web") == "")
    #expect(said("inject: capacity\n    replicas: 2\n    target: web") == "")
    #expect(
      said("inject: capacity\n    threads: 11\n    target: web").hasPrefix(
        """
        outage.yaml:9:13: error: each replica of `web` has 10 threads, and 11 are to be taken [out-of-range]
        """))
    #expect(
      said("inject: capacity\n    threads: from 30 to 1 over 1min\n    target: [web, viewing-history]").hasPrefix(
        """
        outage.yaml:9:14: error: each replica of `web` has 10 threads, and 30 are to be taken [out-of-range]
        """))
    #expect(
      said("inject: capacity\n    replicas: 3\n    target: web").hasPrefix(
        "outage.yaml:9:13: error: `web` has at most 2 replicas, and 3 are to be taken [out-of-range]"))
  }

  @Test func `lets a run end`() {
    #expect(said("inject: surge\n    factor: x1000000\n    target: viewers") == "")
    #expect(
      said("inject: surge\n    factor: x1000000000000\n    target: viewers").hasPrefix(
        "outage.yaml:8:13: error: a surge asks at most 1000000 times as often [out-of-range]"))
    #expect(said("inject: leak\n    resource: memory\n    fills: 1ms\n    target: web") == "")
    #expect(
      said("inject: leak\n    resource: memory\n    fills: 1us\n    target: web").hasPrefix(
        "outage.yaml:9:12: error: the mean time to fill has to be at least 1 ms [out-of-range]"))
    #expect(said(ofFailure: "target: web, every: 1us, repair: 1ms") == "")
    #expect(
      said(ofFailure: "target: web, every: 1us, repair: 1us").contains(
        "error: the mean time from one failure to the next, repair included, has to be at least 1 ms [out-of-range]"))
  }

  @Test func `of a partition is two sides`() {
    #expect(said("inject: partition\n    from: web\n    target: viewing-history") == "")
    #expect(
      said("inject: partition\n    from: web\n    target: [web, viewing-history]").contains(
        "error: both sides of the partition are the same [bad-target]"))
  }
}
