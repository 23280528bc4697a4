import Model
import Testing

@testable import ModelFile

/// A faulty input and exactly what is said about it. The texts are goldens: copied from our own output after reading.
struct Golden: Sendable, CustomTestStringConvertible {
  let id: DiagnosticID
  let path: String
  let text: String
  let files: [String: String]
  let overrides: [String]
  let rendered: String

  /// One of the small files below with one change.
  init(
    _ id: DiagnosticID, in base: Base, replacing old: String = "", with new: String = "", files: [String: String] = [:],
    set overrides: [String] = [], says rendered: String
  ) {
    self.init(id, base.path, base.text.replacingFirst(old, with: new), files, overrides, rendered)
  }

  init(_ id: DiagnosticID, text: String, set overrides: [String] = [], says rendered: String) {
    self.init(id, "model.yaml", text, [:], overrides, rendered)
  }

  private init(
    _ id: DiagnosticID, _ path: String, _ text: String, _ files: [String: String], _ overrides: [String],
    _ rendered: String
  ) {
    self.id = id
    self.path = path
    self.text = text
    self.files = files
    self.overrides = overrides
    self.rendered = rendered
  }

  var testDescription: String { "\(id.rawValue): \(rendered.prefix { $0 != "\n" })" }

  /// What is said: errors, or the warnings where there are none.
  func said() -> String {
    let all = Dictionary(uniqueKeysWithValues: Base.allCases.map { ($0.path, $0.text) })
    do throws(DiagnosticList) {
      var values: [CampaignPlan.Override] = []
      for text in overrides { values.append(try ModelFile.override(parsing: text)) }
      let document = try ModelFile.decode(
        text: text, path: path, files: all.merging(files) { $1 }, overrides: values)
      return DiagnosticList(document.warnings).rendered
    } catch {
      return error.rendered
    }
  }
}

extension String {
  func replacingFirst(_ old: String, with new: String) -> String {
    guard !old.isEmpty else { return self }
    guard let range = firstRange(of: old) else { preconditionFailure("`\(old)` is not in the file") }
    return replacingCharacters(in: range, with: new)
  }

  private func replacingCharacters(in range: Range<String.Index>, with new: String) -> String {
    self[..<range.lowerBound] + new + self[range.upperBound...]
  }
}

/// Small files without a fault.
enum Base: CaseIterable {
  case queue, shop, outage, campaign, stream, cdnOutage

  var path: String {
    switch self {
    case .queue: "model.yaml"
    case .shop: "shop.yaml"
    case .outage: "outage.yaml"
    case .campaign: "campaign.yaml"
    case .stream: "stream.yaml"
    case .cdnOutage: "cdn-outage.yaml"
    }
  }

  var text: String {
    switch self {
    case .queue:
      """
      model: mm16
      time: {warmup: 500s, horizon: 20000s}
      workloads:
        customers:
          arrivals: poisson(14.4/s)
          call: desk.serve
      services:
        desk:
          pool: {threads: 16, queue: unbounded}
          endpoints:
            serve: [work: exponential(mean=1s)]

      """
    case .shop:
      """
      model: shop
      time: {horizon: 10min}
      regions:
        us-east: {zones: [a, b]}
      policies:
        paved-road: {timeout: 250ms, bulkhead: {threads: 10}}
      workloads:
        viewers:
          arrivals: poisson(100/s)
          call: web.play
      services:
        web:
          replicas: 2
          zones: [a, b]
          pool: {threads: 10}
          dependencies:
            history: {call: viewing-history.list, policy: paved-road}
          endpoints:
            play: [work: 2ms, call: history]
        viewing-history:
          pool: {threads: 10}
          endpoints:
            list: [work: 5ms]

      """
    case .outage:
      """
      scenario: outage
      model: shop.yaml
      faults:
        down:
          at: 3min
          for: 3min
          inject: hang
          target: viewing-history
      expect:
        plays:
          that: availability(viewers) >= 99.9%
          during: faults

      """
    case .campaign:
      """
      campaign: isolation
      model: shop.yaml
      scenario: outage.yaml
      variants:
        isolated: {}
        shared: {set: {services.web.dependencies.history.bulkhead: none}}
      outcomes: [availability(viewers) during faults]
      replications: {min: 20, max: 200, until: availability(viewers) during faults +- 0.05%}

      """
    case .stream:
      """
      model: stream
      time: {horizon: 10min}
      regions: {eu: {zones: [a]}}
      catalog:
        titles: 100
        popularity: zipf(0.9)
        duration: 40min
        ladder: [235kbps, 750kbps, 3Mbps]
      players:
        living-room: {share: 60%, like: hls.js, devices: 1000, bandwidth: lognormal(mean=22Mbps cv=0.8)}
        mobile: {share: 40%, like: media3, devices: 1000, bandwidth: 4Mbps}
      sessions:
        arrivals: poisson(40/s)
        start: [play, manifest, together: [licence, segment]]
        dependencies:
          play: {call: api.play, timeout: 3s}
          licence: {call: api.licence}
      cdns:
        alpha:
          edge: {sites: 4, cache: {size: 4TB}, latency: 10ms}
          origin: origin.segment
        beta:
          edge: {sites: {eu: 2}, cache: {size: 2TB}, latency: 10ms}
          origin: {call: origin.segment, timeout: 2s}
      steering:
        policy: weighted(alpha=70% beta=30%)
      services:
        api: {pool: {threads: 10}, endpoints: {play: [work: 2ms], licence: [work: 1ms]}}
        origin: {pool: {threads: 10}, endpoints: {segment: [work: 5ms]}}

      """
    case .cdnOutage:
      """
      scenario: cdn-outage
      model: stream.yaml
      faults:
        down:
          at: 3min
          for: 3min
          inject: error
          target: alpha

      """
    }
  }
}
