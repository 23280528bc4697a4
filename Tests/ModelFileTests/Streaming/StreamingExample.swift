/// The path from the player to packaging: the example of the language's description, with the services that it calls.
let streamingExample = """
  model: streaming
  time: {horizon: 10min, start: 19:00}

  catalog:
    titles: 8000
    popularity: zipf(0.9)
    duration: lognormal(p50=42min p99=2h)
    ladder: [235kbps, 750kbps, 1750kbps, 3Mbps, 5.8Mbps]
    segment: 4s

  players:
    living-room:
      share: 60%
      like: hls.js
      watch: lognormal(p50=24min p99=3h)
      bandwidth: lognormal(mean=22Mbps cv=0.8)
      abr: bola
      buffer: {start: 4s, target: 30s, resume: 4s}
      patience: {startup: 15s, stall: 30s}
    mobile: {share: 40%, like: media3, bandwidth: trace(3g.json)}

  sessions:
    arrivals: diurnal(mean=40/s peak=75/s at=20:30)
    start: [play, manifest, together: [licence, segment]]
    dependencies:
      play:     {call: edge-api.play, timeout: 3s, retry: {attempts: 3, backoff: exponential(base=500ms factor=2 max=4s), jitter: full}}
      licence:  {call: licence.issue, timeout: 5s}

  cdns:
    alpha:
      edge:   {sites: 24, cache: {size: 4TB, policy: lru, ttl: 24h}, latency: lognormal(p50=9ms p99=60ms), capacity: 400Gbps, detail: che}
      shield: {sites: 2, cache: {size: 40TB, policy: lru}, collapse: yes, stale-if-error: 1h}
      origin: origin.segment
    beta:
      edge:   {sites: 12, cache: {size: 2TB, policy: lru, ttl: 24h}, latency: lognormal(p50=14ms p99=90ms), capacity: 200Gbps}
      origin: origin.segment

  steering:
    policy: weighted(alpha=70% beta=30%)
    ttl: 5min

  services:
    edge-api: {pool: {threads: 100}, endpoints: {play: [work: 2ms]}}
    licence: {pool: {threads: 100}, endpoints: {issue: [work: 2ms]}}
    origin: {pool: {threads: 100}, endpoints: {segment: [work: 5ms]}}
  """

/// A recorded network of two periods.
let network = """
  [
    {"duration_ms": 1000, "bandwidth_kbps": 1500, "latency_ms": 100},
    {"duration_ms": 500.5, "bandwidth_kbps": 0, "latency_ms": 0}
  ]
  """

/// A recorded title of three segments.
let title = """
  {
    "segment_duration_ms": 3000,
    "bitrates_kbps": [230, 331],
    "segment_sizes_bits": [
      [886360, 1180512],
      [700000, 900000],
      [690000, 993000]
    ]
  }
  """
