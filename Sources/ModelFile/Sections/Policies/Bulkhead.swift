import Model

extension ValueKind where Value == Bulkhead {
  static var bulkheadKinds: ValueKind {
    .section(by: [("threads", Bulkhead.threadPool), ("concurrent", Bulkhead.semaphore)])
  }
}

extension Bulkhead {
  static let threadPool = Section<Bulkhead>(
    "thread-pool",
    "A thread pool for the calls of one caller replica to one dependency; the caller's own thread stays held."
  ) { keys in
    let threads = keys.required(
      "threads", .count(1...Limit.threads), "how many calls may be under way at once, from one caller replica")
    let queue = keys.optional(
      "queue", .queueLimit, standard: "0",
      "how many calls may wait for a thread; what finds the queue full is refused with `bulkhead-full`")
    return { .threads($0[threads], queue: $0[queue]) }
  }

  static let semaphore = Section<Bulkhead>(
    "semaphore", "A semaphore around the calls of one caller replica to one dependency."
  ) { keys in
    let concurrent = keys.required(
      "concurrent", .count(1...Limit.threads), "how many calls may be under way at once, from one caller replica")
    let maxWait = keys.optional(
      "max-wait", .duration(usual: "ms"), standard: "0s",
      "how long a call may wait for its turn before it is refused with `bulkhead-full`")
    return { .concurrent($0[concurrent], maxWait: $0[maxWait]) }
  }
}
