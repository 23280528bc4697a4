import Engine

/// By what sessions are looked at together.
public typealias SessionGroupKind = SessionGroupOutcome.Kind
