/// A viewer's session, from pressing play to its end; in an arena.
///
/// Four cache lines. Media and buffer are measured in nanoseconds of media. While it plays, the level of the buffer is
/// `playsUntil` less now; at other times it stands in `level`.
struct Session: Recyclable {
  enum State: UInt8 {
    case free
    /// Play was pressed, and no picture has been seen.
    case starting
    case playing
    /// The buffer ran empty.
    case stalled
    /// The viewer has paused.
    case paused
  }
  /// What the player is asking its CDN for.
  enum Fetch: UInt8 { case none, manifest, segment }
  /// What comes next by itself; the calendar holds the earliest of what may come.
  enum Next: UInt8 {
    case nothing
    /// The next request is due, or the next attempt of one.
    case ask, retry
    /// The first byte has arrived, on a link that is shared.
    case firstByte
    /// The last byte has arrived.
    case received
    /// An answer that is a failure has arrived.
    case refused
    /// The recorded network changes its bandwidth while a shared link sends.
    case networkChange
    /// The viewer has seen what there was to see.
    case finish
    /// The buffer of a player that can load no more is empty.
    case fatal
    case pause, unpause
    case timeout
    /// The viewer leaves.
    case patience
  }
  struct Flags: OptionSet, BitwiseCopyable {
    let rawValue: UInt16
    /// All steps of the start are done.
    static let startDone = Flags(rawValue: 1)
    /// The steps of the start are just being taken: what ends meanwhile is only counted.
    static let takingStep = Flags(rawValue: 2)
    /// A fallback stood in on the way to the first picture.
    static let degraded = Flags(rawValue: 4)
    /// The first segment is to be fetched once the manifest is there.
    static let segmentWaits = Flags(rawValue: 8)
    static let isLive = Flags(rawValue: 16)
    /// The player has given up loading; `blame` says why.
    static let loadingFailed = Flags(rawValue: 32)
    /// It keeps its first CDN whatever steering says later.
    static let straggler = Flags(rawValue: 64)
    /// It reports to steering.
    static let reports = Flags(rawValue: 128)
    /// Its transfer runs on a shared link.
    static let onLink = Flags(rawValue: 256)
    /// A fault of the CDN keeps its request without an answer: `fault`.
    static let hung = Flags(rawValue: 512)
    /// The dynamic rule goes by BOLA.
    static let byBuffer = Flags(rawValue: 1024)
    /// The manifest is fetched for the segment that the start asks for, and not as a step of the start.
    static let polls = Flags(rawValue: 4096)
    /// The present request waits for a fill.
    static let waitsForFill = Flags(rawValue: 2048)
  }

  var key: UInt64
  /// When play was pressed.
  var began: Int64
  var playsUntil: Int64
  var level: Int64
  /// Since when played, stalled or paused time has not been counted.
  var changed: Int64
  /// Media that was received, that the viewer means to see, and that there is; `Int64.max` of a live channel.
  var fetched: Int64
  var watch: Int64
  var length: Int64

  /// When the present attempt was made, when its first byte arrives (-1: not known), when what it does next happens, and
  /// when its time is over.
  var asked: Int64
  var firstByte: Int64
  var happens: Int64
  var limit: Int64
  /// Bits of the present request.
  var bits: Int64
  /// One latency of the network, of the present request.
  var lag: Int64
  /// Bits per second; of a recorded network, the place in the recording at which the session began.
  var network: Int64
  /// While starting: when the viewer leaves. Afterwards: how long one stall is borne.
  var patience: Int64

  var estimate: BandwidthEstimate

  /// When steering is asked again.
  var steerAt: Int64
  /// The media position of the next pause, and while paused its end.
  var pauseAt: Int64
  var windows: UInt64
  /// The windows in which it was counted as a play, and as one of the CDN that it uses now.
  var windowsPlayed: UInt64
  var windowsPlayedHere: UInt64
  /// The CDNs from the first choice on, one byte each.
  var order: UInt64
  /// Live: when the manifest that is being fetched was made, and when the next one is due.
  var manifestMade: Int64
  var pollAt: Int64

  var title: Int32
  /// The next segment, or the one that is being fetched.
  var segment: Int32
  /// Live: the newest segment of the last manifest.
  var known: Int32
  var site: Int32
  var fill: Int32
  /// Neighbours among those that wait for the same fill.
  var nextWaiter: Int32
  var previousWaiter: Int32
  /// The first of the calls of its start that are under way.
  var firstCall: Int32
  /// The status of the failure that is on its way.
  var status: Int32
  /// The fault that keeps the request without an answer.
  var fault: Int32
  var bin: Int32
  var generation: UInt32
  var blame: Blame
  var pauses: UInt32

  var cohort: Int16
  var attempt: Int16
  /// Failed attempts since the last success or change of CDN.
  var errors: Int16
  var timeouts: Int16
  var pending: UInt8
  var step: UInt8
  var cdn: Int8
  var firstCDN: Int8
  var rendition: Int8
  var lastRendition: Int8
  var state: State
  var fetch: Fetch
  var happening: Next
  var next: Next
  var result: DeliveryResult
  var flags: Flags
  /// The request whose trace tells how the object was fetched.
  var trace: UInt64

  var link: Int32 {
    get { nextWaiter }
    set { nextWaiter = newValue }
  }

  static var vacant: Session {
    Session(
      key: 0, began: 0, playsUntil: 0, level: 0, changed: 0, fetched: 0, watch: 0, length: 0, asked: 0, firstByte: -1,
      happens: .max, limit: .max, bits: 0, lag: 0, network: 0, patience: .max, estimate: BandwidthEstimate(),
      steerAt: 0, pauseAt: .max, windows: 0, windowsPlayed: 0, windowsPlayedHere: 0, order: 0, manifestMade: 0,
      pollAt: 0, title: 0, segment: 0, known: 0, site: 0, fill: -1, nextWaiter: -1, previousWaiter: -1, firstCall: -1,
      status: 0, fault: -1,
      bin: 0,
      generation: 0, blame: .none, pauses: 0, cohort: 0, attempt: 0, errors: 0, timeouts: 0, pending: 0, step: 0,
      cdn: 0, firstCDN: 0, rendition: -1, lastRendition: -1, state: .free, fetch: .none, happening: .nothing,
      next: .nothing, result: .miss, flags: [], trace: 0)
  }

  /// Media in the buffer at an instant, of a session whose stalls up to it are known.
  @inline(always) func level(at now: Int64) -> Int64 {
    state == .playing ? max(0, playsUntil &- now) : level
  }
}

typealias DeliveryResult = DeliveryLine.Result
