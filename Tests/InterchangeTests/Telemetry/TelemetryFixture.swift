import Engine
import Foundation
import Model
import Sampling

@testable import Interchange

/// A system whose telemetry is written: two CDNs, two cohorts, and the services behind them.
enum TelemetryFixture {
  static let session: UInt64 = 0x0123_4567_89AB_CDEF
  static let request: UInt64 = 0xA1
  /// Computed from the keys above by other code, in Python, whose `uuid` finds version 8 in the first.
  static let sid = "01234567-89ab-8def-b2c0-58e4ebb5112c"
  static let sessionTrace = "b2c058e4ebb5112c0123456789abcdef"
  static let trace = "7b91969a323c7ba100000000000000a1"

  static func model(start: SimulationDuration = .seconds(19 * 3600)) -> SystemModel {
    SystemModel(
      name: "path", time: TimeFrame(warmup: .zero, horizon: .seconds(60), start: start), workloads: [],
      services: [
        service("packager", .packaging, endpoint: "segment", calls: nil),
        service("origin", .origin, endpoint: "segment", calls: EndpointPath(service: "packager", endpoint: "segment")),
        service("clock", nil, endpoint: "read", calls: nil),
      ],
      streaming: Streaming(
        catalog: Catalog(
          titles: 20, popularity: .zipf(0.9), duration: constant(600),
          ladder: [Bitrate(bitsPerSecond: 235_000), Bitrate(bitsPerSecond: 3_000_000)], segment: .seconds(4),
          live: LiveChannels(channels: 2, popularity: .zipf(0), manifestTTL: .seconds(2))),
        players: [cohort("phone", .media3), cohort("tv", .hlsJS)],
        sessions: Sessions(
          arrivals: .poisson(Rate(perSecond: 1)), start: [StartStep([.manifest]), StartStep([.segment])]),
        cdns: [cdn("alpha"), cdn("beta")],
        steering: Steering(
          policy: .weighted([.init(cdn: "alpha", weight: 1)]), ttl: .seconds(300), every: .seconds(60),
          telemetry: SteeringTelemetry(sample: .one, lag: .zero, loss: .zero, window: .seconds(60)))))
  }

  static var names: TelemetryNames { TelemetryNames(model()) }

  static func event(
    _ kind: PlayerEvent.Kind, at time: Int64, cohort: Int32 = 1, cdn: Int32 = 0, segment: Int32 = 3,
    rendition: Int32 = 1, buffer: Int64 = 0, throughput: Double = 0, request: UInt64 = 0, status: Int32 = 0
  ) -> TelemetryRecord {
    .player(
      PlayerEvent(
        kind: kind, time: time, session: session, cohort: cohort, cdn: cdn, title: 17, isLive: false,
        segment: segment, rendition: rendition, buffer: buffer, throughput: throughput, request: request,
        status: status))
  }

  /// From 2 s to 2.5 s, the first byte after 82 ms.
  static func delivery(
    _ result: DeliveryLine.Result, trace: UInt64 = request, firstByte: Int64 = 2_082_000_000, isManifest: Bool = false,
    isLive: Bool = false, cohort: Int32 = 1, status: Int32 = 200
  ) -> TelemetryRecord {
    .delivery(
      DeliveryLine(
        result: result, began: 2_000_000_000, firstByte: firstByte, ended: 2_500_000_000, session: session,
        request: request, trace: trace, cdn: 0, site: 7, cohort: cohort, title: isLive ? 1 : 17, isLive: isLive,
        isManifest: isManifest, segment: isManifest ? -1 : 3, rendition: isManifest ? -1 : 1, bytes: 1_500_000,
        status: status))
  }

  /// The lines of a file, without what ends them.
  static func lines(_ records: [TelemetryRecord], of file: TelemetryFile) -> [String] {
    var lines = TelemetryLines(names)
    for record in records { lines.append(record) }
    return String(decoding: lines.bytes(of: file), as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// The objects of a file of JSON lines.
  static func objects(_ records: [TelemetryRecord], of file: TelemetryFile) throws -> [NSDictionary] {
    try lines(records, of: file).map {
      guard let object = try JSONSerialization.jsonObject(with: Data($0.utf8)) as? NSDictionary else {
        throw CocoaError(.coderReadCorrupt)
      }
      return object
    }
  }

  /// Fields of the CDN's log, by name.
  static func fields(_ record: TelemetryRecord) throws -> [String: String] {
    let values = lines([record], of: .deliveries)[0].split(separator: "\t", omittingEmptySubsequences: false)
    guard values.count == DeliveryLog.fields.count else { throw CocoaError(.coderReadCorrupt) }
    return Dictionary(uniqueKeysWithValues: zip(DeliveryLog.fields, values.map(String.init)))
  }

  private static func constant(_ seconds: Double) -> Distribution {
    guard let distribution = try? Distribution.constant(seconds: seconds) else {
      preconditionFailure("\(seconds) is valid")
    }
    return distribution
  }

  private static func service(
    _ name: String, _ stage: Service.Stage?, endpoint: String, calls target: EndpointPath?
  ) -> Service {
    Service(
      name: name, stage: stage, replicas: 2, pool: Pool(threads: 4, queue: .bounded(4)),
      dependencies: target.map { [Dependency(name: "next", target: $0)] } ?? [],
      endpoints: [Endpoint(name: endpoint, steps: [])])
  }

  private static func cohort(_ name: String, _ player: PlayerProfile.Name) -> PlayerCohort {
    let profile = PlayerProfile.named(player)
    return PlayerCohort(
      name: name, share: Probability(0.5), profile: profile, watch: nil,
      network: .drawn(bandwidth: constant(8e6), latency: constant(0.02)), rule: profile.rule, buffer: profile.buffer,
      patience: Patience(startup: nil, stall: nil))
  }

  private static func cdn(_ name: String) -> CDN {
    let tier = CDNTier(
      sites: [.init(region: nil, count: 9)], cache: CacheSettings(size: nil, policy: .lru, ttl: nil),
      latency: constant(0.01))
    let origin = Dependency(name: "origin", target: EndpointPath(service: "origin", endpoint: "segment"))
    return CDN(name: name, edge: tier, origin: origin, manifestOrigin: origin)
  }
}
