/// The stable name of a diagnostic: what tools filter by and what the reference explains.
public enum DiagnosticID: String, Hashable, Sendable, CaseIterable {
  // The file.
  case fileNotFound = "file-not-found"
  case fileUnreadable = "file-unreadable"
  case fileTooLarge = "file-too-large"
  case binaryFile = "binary-file"
  case emptyFile = "empty-file"
  case notYAML = "not-yaml"
  case tooDeep = "too-deep"
  case tooManyParts = "too-many-parts"
  case aliasLimit = "alias-limit"
  case includeCycle = "include-cycle"
  case badInclude = "bad-include"
  case wrongDocument = "wrong-document"

  // The structure.
  case wrongKind = "wrong-kind"
  case unknownKey = "unknown-key"
  case duplicateKey = "duplicate-key"
  case duplicateName = "duplicate-name"
  case missingKey = "missing-key"
  case conflictingKeys = "conflicting-keys"
  case badName = "bad-name"
  case notSupportedYet = "not-supported-yet"

  // Quantities.
  case missingUnit = "missing-unit"
  case wrongUnit = "wrong-unit"
  case ambiguousUnit = "ambiguous-unit"
  case notANumber = "not-a-number"
  case outOfRange = "out-of-range"
  case unknownWord = "unknown-word"
  case badTime = "bad-time"

  // Expressions.
  case badExpression = "bad-expression"
  case commaInDistribution = "comma-in-distribution"
  case unknownDistribution = "unknown-distribution"
  case unknownParameter = "unknown-parameter"
  case missingParameter = "missing-parameter"
  case duplicateParameter = "duplicate-parameter"
  case badParameter = "bad-parameter"
  case unknownArrivals = "unknown-arrivals"
  case badMetric = "bad-metric"
  case badTarget = "bad-target"
  case badScope = "bad-scope"
  case badRule = "bad-rule"
  case badRamp = "bad-ramp"

  case badStart = "bad-start"
  case badRecording = "bad-recording"

  // References.
  case unknownService = "unknown-service"
  case unknownEndpoint = "unknown-endpoint"
  case unknownDependency = "unknown-dependency"
  case unknownWorkload = "unknown-workload"
  case unknownZone = "unknown-zone"
  case unknownRegion = "unknown-region"
  case unknownPolicy = "unknown-policy"
  case unknownVariant = "unknown-variant"
  case unknownExpectation = "unknown-expectation"
  case unknownCDN = "unknown-cdn"

  // Meaning.
  case callCycle = "call-cycle"
  case callsTooDeep = "calls-too-deep"
  case fallbackCycle = "fallback-cycle"
  case warmupTooLong = "warmup-too-long"
  case faultAfterHorizon = "fault-after-horizon"
  case faultOverlapsItself = "fault-overlaps-itself"
  case settingsOverlap = "settings-overlap"
  case endlessLife = "endless-life"
  case rateBelowZero = "rate-below-zero"
  case ladderNotRising = "ladder-not-rising"
  case sharesNotWhole = "shares-not-whole"
  case bufferTooSmall = "buffer-too-small"

  // Overrides.
  case badPath = "bad-path"
  case noMatch = "no-match"
  case notSettable = "not-settable"

  // Warnings.
  case unusedEndpoint = "unused-endpoint"
  case unusedPolicy = "unused-policy"
  case faultOutlastsHorizon = "fault-outlasts-horizon"
  case faultInWarmup = "fault-in-warmup"
  case rampOutlastsFault = "ramp-outlasts-fault"
  case workloadWithoutDevices = "workload-without-devices"
  case minimumAboveWindow = "minimum-above-window"
  case timeoutAboveCaller = "timeout-above-caller"
  case unusedDependency = "unused-dependency"
  case unusedCDN = "unused-cdn"
  case unusedSetting = "unused-setting"
}
