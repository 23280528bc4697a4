import Engine
import Testing

/// One segment from one CDN, of 1 Mbit for each of its seconds; the edge and the origin take no time.
struct NetworkBroadcast {
  var bandwidth = "4Mbps"
  var latency = "10ms"
  /// Of the segment, in seconds.
  var length = 4
  var like = "basic"
  /// Further keys of the edge and of the cohort `viewer`, with a comma before each.
  var edge = ""
  var player = ""
  var horizon = 200

  func broadcast(at times: [Double], _ faults: String) throws -> Broadcast {
    try Broadcast(
      """
      model: network
      time: {horizon: \(horizon)s}
      catalog: {titles: 1, popularity: zipf(0), duration: \(length)s, ladder: [1Mbps], segment: \(length)s}
      players: {viewer: {like: \(like), bandwidth: \(bandwidth), latency: \(latency)\(player)}}
      sessions: {arrivals: \(replayed), start: [segment]}
      cdns:
        alpha:
          edge: {sites: 1, cache: {size: unlimited}, latency: 0ms\(edge)}
          origin: origin.segment
        beta:
          edge: {sites: 1, cache: {size: unlimited}, latency: 0ms}
          origin: origin.segment
      steering: {policy: weighted(alpha=100% beta=0%)}
      services: {origin: {pool: {threads: unbounded}, endpoints: {segment: []}}}
      """,
      faults: faults, files: plays(at: times))
  }

  /// Deliveries, in the order of their requests.
  func deliveries(at times: [Double], _ faults: String) throws -> [DeliveryLine] {
    try broadcast(at: times, faults).told().records.deliveries.sorted {
      ($0.began, $0.session) < ($1.began, $1.session)
    }
  }

  /// Seconds from the first byte to the last one, or from the request where there was none.
  func transfers(at times: [Double], _ faults: String) throws -> [Double] {
    try deliveries(at: times, faults).map { Double($0.ended - ($0.firstByte < 0 ? $0.began : $0.firstByte)) / 1e9 }
  }
}
