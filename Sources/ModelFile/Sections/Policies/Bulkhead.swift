import Model

extension ValueKind where Value == Bulkhead {
  static var bulkheadKinds: ValueKind {
    .section(by: [("threads", Bulkhead.threadPool), ("concurrent", Bulkhead.semaphore)])
  }
}

extension Bulkhead {
  static let threadPool = Section<Bulkhead>("thread-pool", "A thread pool of its own for the calls.") { keys in
    let threads = keys.required("threads", .count(1...Limit.threads), "how many calls may be under way at once")
    let queue = keys.optional("queue", .queueLimit, standard: "0", "how many calls may wait for one of the threads")
    return { .threads($0[threads], queue: $0[queue]) }
  }

  static let semaphore = Section<Bulkhead>("semaphore", "A semaphore around the calls.") { keys in
    let concurrent = keys.required("concurrent", .count(1...Limit.threads), "how many calls may be under way at once")
    let maxWait = keys.optional(
      "max-wait", .duration(usual: "ms"), standard: "0s", "how long a call may wait for its turn")
    return { .concurrent($0[concurrent], maxWait: $0[maxWait]) }
  }
}
