/// What sessions draw, beside what requests draw.
extension Purpose {
  static let cohort: UInt64 = 32
  static let isLive: UInt64 = 33
  static let title: UInt64 = 34
  static let watch: UInt64 = 35
  static let bandwidth: UInt64 = 36
  static let networkPlace: UInt64 = 37
  static let networkLatency: UInt64 = 38
  static let startPatience: UInt64 = 39
  static let stallPatience: UInt64 = 40
  static let steering: UInt64 = 41
  static let straggles: UInt64 = 42
  static let reports: UInt64 = 43
  static let reportIsLost: UInt64 = 44
  static let site: UInt64 = 45
  static let tierLatency: UInt64 = 46
  static let cacheContent: UInt64 = 47
  static let titleLength: UInt64 = 48
  static let segmentSize: UInt64 = 49
  static let pauseEvery: UInt64 = 50
  static let pauseLasting: UInt64 = 51
  static let retryPause: UInt64 = 52
  static let callsAfterPlay: UInt64 = 53
  static let staying: UInt64 = 54
}
