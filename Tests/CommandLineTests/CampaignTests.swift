import Foundation
import Testing

@Suite struct `ratchet campaign` {
  @Test func `tells of the baseline's expectations by its exit code`() throws {
    let folder = try Folder()
    try TinySystem.write(to: folder)
    let supported = try folder.ratchet("campaign", "campaign.yaml", "--quiet")
    #expect(supported.status == 0)
    #expect(supported.errors == "")
    // The broken variant is refuted, which is a finding and no failure.
    #expect(supported.output.contains("refuted"))
    #expect(supported.output.contains("shared-pool: `users` loses"))
    try folder.write(TinySystem.campaign(replications: 5), to: "campaign.yaml")
    let inconclusive = try folder.ratchet("campaign", "campaign.yaml", "--quiet")
    #expect(inconclusive.status == 3)
    // While the fault lasts all is degraded.
    try folder.write(
      TinySystem.scenario().replacing("availability(users)", with: "full-fidelity(users)"), to: "scenario.yaml")
    try folder.write(TinySystem.campaign(replications: 10), to: "campaign.yaml")
    #expect(try folder.ratchet("campaign", "campaign.yaml", "--quiet").status == 1)
    #expect(try folder.ratchet("compare", "ratchet.sqlite").status == 1)
  }

  @Test func `gives the same with one job and with four`() throws {
    let folder = try Folder()
    try TinySystem.write(to: folder, replications: 6)
    let one = try folder.ratchet(
      "campaign", "campaign.yaml", "--jobs", "1", "--results", "one.sqlite", "--csv", "one", "--format", "json")
    let four = try folder.ratchet(
      "campaign", "campaign.yaml", "--jobs", "4", "--results", "four.sqlite", "--csv", "four", "--format", "json")
    #expect(one.output == four.output)
    #expect(one.output.contains("\"replications\": 6"))
    for name in ["outcomes.csv", "failures.csv", "timeline.csv", "comparisons.csv"] {
      #expect(try folder.text("one/\(name)") == folder.text("four/\(name)"))
    }
  }

  @Test func `is compared again from its results`() throws {
    let folder = try Folder()
    try TinySystem.write(to: folder, replications: 6)
    let campaign = try folder.ratchet("campaign", "campaign.yaml", "--quiet")
    let compare = try folder.ratchet("compare", "ratchet.sqlite")
    #expect(compare.output == campaign.output)
    #expect(compare.status == campaign.status)
    let other = try folder.ratchet("compare", "ratchet.sqlite", "--baseline", "shared-pool", "--format", "csv")
    #expect(other.output.contains(",shared-pool,-") || other.output.contains(",shared-pool,0"))
    let nobody = try folder.ratchet("compare", "ratchet.sqlite", "--baseline", "nobody")
    #expect(nobody.status == 2)
    #expect(nobody.errors.contains("`isolated`, `shared-pool`"))
    #expect(try folder.ratchet("compare", "ratchet.sqlite", "--campaign", "nothing").status == 2)
  }

  @Test func `loses nothing that had ended when it is killed`() throws {
    let folder = try Folder()
    try TinySystem.write(to: folder, replications: 30)
    let whole = try folder.ratchet(
      "campaign", "campaign.yaml", "--quiet", "--format", "json", "--results", "whole.sqlite")
    let killed = try RatchetProcess(["campaign", "campaign.yaml", "--quiet"], in: folder)
    try killed.process.run()
    try waitForReplications(in: folder)
    kill(killed.process.processIdentifier, SIGKILL)
    let ending = try killed.wait()
    #expect(ending.isKilled && ending.status == SIGKILL)
    let resumed = try folder.ratchet("campaign", "campaign.yaml", "--resume", "--format", "json")
    #expect(resumed.output == whole.output)
    #expect(resumed.status == whole.status)
    let found = try #require(resumed.errors.firstMatch(of: /resuming: (\d+) runs are there/))
    #expect(try #require(Int(found.1)) > 0)
  }

  @Test func `stops cleanly when it is interrupted and goes on from there`() throws {
    let folder = try Folder()
    try TinySystem.write(to: folder, replications: 30)
    let whole = try folder.ratchet("campaign", "campaign.yaml", "--quiet", "--results", "whole.sqlite")
    let interrupted = try RatchetProcess(["campaign", "campaign.yaml"], in: folder)
    try interrupted.process.run()
    try waitForReplications(in: folder)
    kill(interrupted.process.processIdentifier, SIGINT)
    let ending = try interrupted.wait()
    #expect(ending.status == 130)
    #expect(!ending.isKilled)
    #expect(ending.output == "")
    #expect(ending.errors.contains("saved in ratchet.sqlite") && ending.errors.contains("--resume"))
    #expect(try folder.ratchet("compare", "ratchet.sqlite").output.contains("interrupted"))
    #expect(try folder.ratchet("campaign", "campaign.yaml", "--resume", "--quiet").output == whole.output)
  }

  @Test func `keeps what the command line set`() throws {
    let folder = try Folder()
    try TinySystem.write(to: folder, replications: 2)
    let campaign = try folder.ratchet("campaign", "campaign.yaml", "--quiet", "--set", "services.back.pool.threads=3")
    #expect(campaign.output.contains("\n  set services.back.pool.threads=3\n"))
    #expect(try folder.ratchet("compare", "ratchet.sqlite").output == campaign.output)
    let json = try folder.ratchet("compare", "ratchet.sqlite", "--format", "json").output
    #expect(json.contains(/"overrides": \[\s*\{\s*"path": "services\.back\.pool\.threads",\s*"value": "3"/))
  }

  @Test func `does not resume what has changed`() throws {
    let folder = try Folder()
    try TinySystem.write(to: folder, replications: 3)
    let before = folder.files
    #expect(try folder.ratchet("campaign", "campaign.yaml", "--resume").status == 2)
    #expect(folder.files == before, "an attempt to resume makes no file")
    try folder.ratchet("campaign", "campaign.yaml", "--quiet")
    let changed = try folder.ratchet("campaign", "campaign.yaml", "--resume", "--set", "services.back.pool.threads=3")
    #expect(changed.status == 2)
    #expect(changed.errors.contains("can't be resumed"))
  }

  /// Waits until some replications are in the results of a campaign that is being run.
  private func waitForReplications(in folder: Folder) throws {
    let path = folder.path("ratchet.sqlite-wal")
    for _ in 0..<2000 {
      let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? NSNumber
      if (size?.intValue ?? 0) > 300_000 { return }
      usleep(5000)
    }
    Issue.record("no replication was saved within ten seconds")
  }
}
