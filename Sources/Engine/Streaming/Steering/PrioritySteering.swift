/// The first CDN of a list that is well.
///
/// A CDN about which nothing is reported counts as well: one that was left comes back into use when what was reported of
/// it is older than the look-back, and is left again if it is still ill.
struct PrioritySteering {
  /// The numbers of the CDNs, the preferred first; at least one.
  let list: Table<Int32>
  /// Well is whose errors and timeouts together are below this part of its transfers.
  let threshold: Double

  /// Chooses the first that is well; where none is, the one that fails least, the first of equals. The others that are
  /// well stand by, in the order of the list.
  func decide(_ signals: borrowing Slab<CDNSignals>, _ answer: inout SteeringAnswer) {
    var best = list[0]
    var isFound = false
    answer.standsBy.fill(with: false)
    for index in 0..<list.count {
      let cdn = list[index]
      let isWell = signals[cdn].failureRatio < threshold
      answer.standsBy[cdn] = isWell
      if isFound { continue }
      if isWell || signals[cdn].failureRatio < signals[best].failureRatio { best = cdn }
      isFound = isWell
    }
    answer.choose(best)
    answer.standsBy[best] = false
    prefer(&answer)
  }

  /// Those that stand by, then the rest of the list, then all others by number.
  private func prefer(_ answer: inout SteeringAnswer) {
    let count = add(standingBy: false, add(standingBy: true, 0, &answer), &answer)
    answer.preferOthers(than: list, from: count)
  }

  /// - Parameter count: how many places of the preference are taken.
  /// - Returns: the same afterwards.
  private func add(standingBy: Bool, _ count: Int, _ answer: inout SteeringAnswer) -> Int {
    var count = count
    for index in 0..<list.count where answer.standsBy[list[index]] == standingBy {
      answer.preference[count] = list[index]
      count += 1
    }
    return count
  }
}

extension SteeringAnswer {
  /// Puts the CDNs that are not in a list behind those that are.
  /// - Parameter count: how many places of the preference are taken.
  mutating func preferOthers(than list: Table<Int32>, from count: Int) {
    var place = count
    for cdn in 0..<Int32(preference.count) {
      var isListed = false
      for index in 0..<list.count where list[index] == cdn { isListed = true }
      if isListed { continue }
      preference[place] = cdn
      place += 1
    }
  }
}
