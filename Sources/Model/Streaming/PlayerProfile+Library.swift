/// Defaults of the players that people run, read from the sources of hls.js 1.7, dash.js 5.1, shaka-player 5.2 and
/// androidx.media3 1.11.
extension PlayerProfile {
  public static func named(_ name: Name) -> PlayerProfile {
    switch name {
    case .hlsJS: hlsJS
    case .dashJS: dashJS
    case .shaka: shaka
    case .media3: media3
    case .basic: basic
    }
  }

  /// fragLoadPolicy, manifestLoadPolicy and playlistLoadPolicy of its configuration; its buffer starts with the first
  /// fragment.
  private static let hlsJS = PlayerProfile(
    name: .hlsJS,
    segment: RequestPolicy(
      firstByte: .seconds(10), total: .seconds(120), errorRetries: 6,
      errorPause: .exponential(base: .seconds(1), factor: 2, max: .seconds(8), spread: 0), timeoutRetries: 4,
      timeoutPause: .constant(.zero), retriesClientErrors: false, sharesRetries: false),
    manifest: RequestPolicy(
      firstByte: nil, total: .seconds(20), errorRetries: 1, errorPause: .constant(.seconds(1)), timeoutRetries: 2,
      timeoutPause: .constant(.zero), retriesClientErrors: false, sharesRetries: false),
    switchesAt: [], switchesAfterRetries: true, penalty: .seconds(300),
    buffer: BufferSettings(start: .zero, target: .seconds(30), resume: .zero),
    rule: BitrateRule(
      kind: .throughput, fit: .bitrate, fastHalfLife: .seconds(3), slowHalfLife: .seconds(9), up: 0.7, down: 0.95,
      initial: Bitrate(bitsPerSecond: 500_000)))

  private static let dashJS = PlayerProfile(
    name: .dashJS,
    segment: RequestPolicy(
      firstByte: nil, total: .seconds(20), errorRetries: 3, errorPause: .constant(.seconds(1)), timeoutRetries: 3,
      timeoutPause: .constant(.seconds(1)), retriesClientErrors: true, sharesRetries: true),
    manifest: RequestPolicy(
      firstByte: nil, total: .seconds(10), errorRetries: 3, errorPause: .constant(.milliseconds(500)),
      timeoutRetries: 3, timeoutPause: .constant(.milliseconds(500)), retriesClientErrors: true, sharesRetries: true),
    switchesAt: [], switchesAfterRetries: true, penalty: nil,
    buffer: BufferSettings(start: .zero, target: .seconds(18), resume: .zero),
    rule: BitrateRule(
      kind: .dynamic, fit: .duration, fastHalfLife: .seconds(3), slowHalfLife: .seconds(8), up: 0.9, down: 0.9))

  /// The time until headers arrive is its `connectionTimeout`.
  private static let shaka = PlayerProfile(
    name: .shaka, segment: shakaRequests, manifest: shakaRequests, switchesAt: [], switchesAfterRetries: true,
    penalty: .seconds(60), buffer: BufferSettings(start: .zero, target: .seconds(10), resume: .zero),
    rule: BitrateRule(
      kind: .throughput, fit: .bitrate, fastHalfLife: .seconds(2), slowHalfLife: .seconds(5), up: 0.85, down: 0.95,
      initial: Bitrate(bitsPerSecond: 1_000_000)))
  private static let shakaRequests = RequestPolicy(
    firstByte: .seconds(10), total: .seconds(30), errorRetries: 1,
    errorPause: .exponential(base: .seconds(1), factor: 2, max: .seconds(3600), spread: 0.5), timeoutRetries: 1,
    timeoutPause: .exponential(base: .seconds(1), factor: 2, max: .seconds(3600), spread: 0.5),
    retriesClientErrors: true, sharesRetries: true)

  private static let media3 = PlayerProfile(
    name: .media3, segment: media3Requests, manifest: media3Requests,
    switchesAt: [403, 404, 410, 416, 500, 503], switchesAfterRetries: false, penalty: .seconds(300),
    buffer: BufferSettings(start: .seconds(1), target: .seconds(50), resume: .seconds(2)),
    rule: BitrateRule(
      kind: .throughput, fit: .bitrate, fastHalfLife: .seconds(3), slowHalfLife: .seconds(8), up: 0.7, down: 0.7,
      initial: Bitrate(bitsPerSecond: 1_000_000), risesFrom: .seconds(10), fallsBelow: .seconds(25)))
  private static let media3Requests = RequestPolicy(
    firstByte: .seconds(8), total: nil, errorRetries: 3,
    errorPause: .linear(step: .seconds(1), max: .seconds(5)), timeoutRetries: 3,
    timeoutPause: .linear(step: .seconds(1), max: .seconds(5)), retriesClientErrors: true, sharesRetries: true)

  /// The player of Sabre (K. Spiteri, R. Sitaraman, D. Sparacio, "From theory to practice", MMSys 2018) without
  /// abandonment; a request that fails ends playback.
  private static let basic = PlayerProfile(
    name: .basic, segment: basicRequests, manifest: basicRequests, switchesAt: [], switchesAfterRetries: false,
    penalty: nil, buffer: BufferSettings(start: .zero, target: .seconds(25), resume: .zero),
    rule: BitrateRule(
      kind: .throughput, fit: .duration, fastHalfLife: .seconds(3), slowHalfLife: .seconds(8), up: 0.9, down: 0.9))
  private static let basicRequests = RequestPolicy(
    firstByte: nil, total: nil, errorRetries: 0, errorPause: .constant(.zero), timeoutRetries: 0,
    timeoutPause: .constant(.zero), retriesClientErrors: false, sharesRetries: true)
}
