import Sampling

/// A part of the sessions with one kind of device: its player, its network, its viewers.
public struct PlayerCohort: Hashable, Sendable {
  public let name: String
  /// Its part of the sessions; the shares of all cohorts add up to 1.
  public let share: Probability
  /// Where its viewers are; nil where that does not matter.
  public let region: String?
  /// How many devices there are: the unit that "one device" and "5% of devices" pick from; nil: each session is one.
  public let devices: Int?
  public let profile: PlayerProfile
  /// How long a viewer means to watch, in seconds of media; nil: to the end of the title.
  public let watch: Distribution?
  public let network: Network
  public let rule: BitrateRule
  public let buffer: BufferSettings
  public let patience: Patience
  /// Pauses that viewers make; nil for none.
  public let pauses: Pauses?

  public init(
    name: String, share: Probability, region: String? = nil, devices: Int? = nil, profile: PlayerProfile,
    watch: Distribution?, network: Network, rule: BitrateRule, buffer: BufferSettings, patience: Patience,
    pauses: Pauses? = nil
  ) {
    self.name = name
    self.share = share
    self.region = region
    self.devices = devices
    self.profile = profile
    self.watch = watch
    self.network = network
    self.rule = rule
    self.buffer = buffer
    self.patience = patience
    self.pauses = pauses
  }
}

/// What lies between a player and the CDN: a request takes one latency, then its bits at the bandwidth.
public enum Network: Hashable, Sendable {
  /// - bandwidth: bits per second, drawn once a session.
  /// - latency: seconds, drawn for each request.
  case drawn(bandwidth: Distribution, latency: Distribution)
  /// A recording, looped; where in it a session begins: at a stated time, or, where nil, at one that is drawn.
  case recorded(NetworkRecording, from: SimulationDuration?)
}

/// Bandwidth and latency over time.
public struct NetworkRecording: Hashable, Sendable {
  public struct Period: Hashable, Sendable {
    /// Above zero.
    public let duration: SimulationDuration
    /// Zero or more bits per second.
    public let bandwidth: Bitrate
    /// Of a request that is made in this period.
    public let latency: SimulationDuration
    public init(duration: SimulationDuration, bandwidth: Bitrate, latency: SimulationDuration) {
      self.duration = duration
      self.bandwidth = bandwidth
      self.latency = latency
    }
  }
  /// As the model names it.
  public let file: String
  /// At least one has a bandwidth above zero.
  public let periods: [Period]
  public init(file: String, periods: [Period]) {
    self.file = file
    self.periods = periods
  }
}

/// How much media a player holds, in seconds of media.
public struct BufferSettings: Hashable, Sendable {
  /// Playback starts once so much is there; zero: with the first segment.
  public let start: SimulationDuration
  /// A further segment is asked for while it still fits below this.
  public let target: SimulationDuration
  /// After a stall playback goes on once so much is there; zero: with the next segment.
  public let resume: SimulationDuration
  public init(start: SimulationDuration, target: SimulationDuration, resume: SimulationDuration) {
    self.start = start
    self.target = target
    self.resume = resume
  }
}

/// How long viewers wait before they leave, in seconds, drawn once a session; nil: for ever.
public struct Patience: Hashable, Sendable {
  /// For the first picture.
  public let startup: Distribution?
  /// For the end of one stall.
  public let stall: Distribution?
  public init(startup: Distribution?, stall: Distribution?) {
    self.startup = startup
    self.stall = stall
  }
}

/// Pauses of the viewer: how much media is played between two, and how long one lasts, in seconds.
public struct Pauses: Hashable, Sendable {
  public let every: Distribution
  public let lasting: Distribution
  public init(every: Distribution, lasting: Distribution) {
    self.every = every
    self.lasting = lasting
  }
}
