import Engine
import Foundation
import Model
import ModelFile
import Testing

/// The models, scenarios and campaigns under `models/`, as somebody who takes the project meets them.
@Suite struct `Every file under models` {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("models")

  /// All files of the language, by their paths below `models`, except those that others include.
  private static let files: [String] = {
    let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.allObjects ?? []
    let paths = found.compactMap { ($0 as? URL)?.standardizedFileURL.path }
    let root = folder.standardizedFileURL.path + "/"
    return paths.filter { $0.hasSuffix(".yaml") && isDocument($0) }.map { String($0.dropFirst(root.count)) }.sorted()
  }()

  private static func isDocument(_ path: String) -> Bool {
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").contains { line in
      ["campaign:", "scenario:", "model:"].contains { line.hasPrefix($0) }
    }
  }

  /// A time so short that all of them together take some seconds, with the faults within it.
  private static let shortened = [
    CampaignPlan.Override(path: "time.warmup", value: "1s"), CampaignPlan.Override(path: "time.horizon", value: "16s"),
  ]
  private static let earlyFaults = [
    CampaignPlan.Override(path: "faults.*.at", value: "4s"), CampaignPlan.Override(path: "faults.*.for", value: "8s"),
  ]

  /// What fails by itself only after a while, sooner.
  private static let hastened = [
    "chaos/leaking-deploy.yaml": CampaignPlan.Override(path: "faults.version-2.effect.fills", value: "2s"),
    "chaos/retries-switched-off.yaml": CampaignPlan.Override(path: "expect.drains.during", value: "switch"),
  ]

  private func load(_ file: String, _ overrides: [CampaignPlan.Override] = []) throws -> Document {
    try ModelFile.load(path: Self.folder.appendingPathComponent(file).path, overrides: overrides)
  }

  private func outcome(of model: SystemModel, _ scenario: Scenario? = nil) throws -> ReplicationOutcome {
    let program = Program(model: model, scenario: scenario, windows: [.run])
    var simulation = Simulation(program)
    let outcome = simulation.run(seed: 20170, replication: 0)
    return try #require(outcome)
  }

  /// That something was asked for and answered, and nothing was lost.
  private func expectLife(_ outcome: ReplicationOutcome, _ label: String) {
    #expect(!outcome.workloads.isEmpty, "\(label)")
    for workload in outcome.workloads {
      let tally = workload.windows[0]
      #expect(tally.arrivals > 0, "\(label): \(workload.name) asks for nothing")
      #expect(tally.arrivals == tally.success + tally.degraded + tally.failed + tally.inFlight, "\(label)")
    }
    let answered = outcome.workloads.reduce(0) { $0 + $1.windows[0].success + $1.windows[0].degraded }
    #expect(answered > 0, "\(label): nothing was answered")
    guard let streaming = outcome.streaming else { return }
    for group in streaming.groups {
      let tally = group.windows[0]
      #expect(tally.attempts >= tally.starts + tally.startFailures + tally.exitsBeforeStart, "\(label): \(group.name)")
    }
    #expect(streaming.groups[0].windows[0].starts > 0, "\(label): nobody saw a picture")
    #expect(streaming.cdns.contains { $0.windows[0].egressBytes > 0 }, "\(label): no CDN delivered anything")
  }

  @Test func `is found`() {
    #expect(Self.files.contains("vod/vod.yaml"))
    #expect(Self.files.contains("vod/campaigns/isolation.yaml"))
    #expect(Self.files.contains("vod/streaming.yaml"))
    #expect(Self.files.contains("live/live.yaml"))
    #expect(Self.files.contains("ott-small/ott-small.yaml"))
    #expect(Self.files.filter { $0.hasPrefix("chaos/") && !$0.hasPrefix("chaos/systems/") }.count >= 14)
    #expect(!Self.files.contains("vod/control-plane.yaml"))
  }

  @Test(arguments: files) func `is valid, without a warning`(file: String) throws {
    #expect(try load(file).warnings.map(\.rendered) == [])
  }

  @Test(arguments: files) func `can be run, and its faults change something`(file: String) throws {
    switch try load(file) {
    case .model:
      guard case .model(let document) = try load(file, Self.shortened) else { return }
      expectLife(try outcome(of: document.model), file)
    case .scenario:
      let sooner = Self.earlyFaults + [Self.hastened[file]].compactMap(\.self)
      guard case .scenario(let document) = try load(file, Self.shortened + sooner) else { return }
      let struck = try outcome(of: document.model.model, document.scenario)
      let twin = try outcome(of: document.model.model, document.scenario.withoutFaults)
      expectLife(struck, file)
      expectLife(twin, "\(file) without faults")
      #expect(struck.fingerprint != twin.fingerprint, "\(file): the faults change nothing")
    case .campaign(let whole):
      let faults = whole.plan.variants[0].scenario == nil ? [] : Self.earlyFaults
      guard case .campaign(let document) = try load(file, Self.shortened + faults) else { return }
      for variant in document.plan.variants {
        expectLife(try outcome(of: variant.model, variant.scenario), "\(file): \(variant.name)")
      }
      #expect(Set(document.variantTexts).count == document.plan.variants.count, "\(file): two variants are the same")
    }
  }
}
