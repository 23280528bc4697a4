/// A distributed trace as it was recorded, whatever the format it came in.
public struct Trace: Hashable, Sendable {
  public let id: String
  /// In the order of the file; unchecked: parents may be missing, ids may occur twice.
  public let spans: [Span]

  public init(id: String, spans: [Span]) {
    self.id = id
    self.spans = spans
  }
}

/// One timed operation of a trace.
public struct Span: Hashable, Sendable {
  /// The side of a call that recorded the span; nil in a trace that does not say.
  public enum Kind: String, Hashable, Sendable {
    case client, server, producer, consumer, `internal`
  }

  /// The span that this one belongs under.
  public struct Parent: Hashable, Sendable {
    public enum Relation: Hashable, Sendable {
      /// The parent depends on the outcome.
      case childOf
      /// The parent does not wait.
      case followsFrom
    }
    public let span: String
    public let relation: Relation

    public init(span: String, relation: Relation) {
      self.span = span
      self.relation = relation
    }
  }

  public let id: String
  public let parent: Parent?
  public let service: String
  public let operation: String
  /// The process that recorded the span: spans of one process share a clock.
  public let process: String
  /// The host or pod of that process, where it is told.
  public let host: String?
  public let kind: Kind?
  /// The uninstrumented service or database that a client span called, where it is told.
  public let peer: String?
  /// Nanoseconds since 1970.
  public let start: Int64
  /// Nanoseconds; negative in a broken trace.
  public let duration: Int64
  public let isError: Bool
  /// The probability with which the trace was kept, where a probabilistic sampler says so.
  public let samplingProbability: Double?

  public init(
    id: String, parent: Parent? = nil, service: String, operation: String, process: String,
    host: String? = nil, kind: Kind? = nil, peer: String? = nil, start: Int64, duration: Int64,
    isError: Bool = false, samplingProbability: Double? = nil
  ) {
    self.id = id
    self.parent = parent
    self.service = service
    self.operation = operation
    self.process = process
    self.host = host
    self.kind = kind
    self.peer = peer
    self.start = start
    self.duration = duration
    self.isError = isError
    self.samplingProbability = samplingProbability
  }
}
