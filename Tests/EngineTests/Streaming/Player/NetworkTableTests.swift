import Model
import Sampling
import Testing

@testable import Engine

/// Mutations: a time that is rounded down; a period of nothing that counts as the end; whole loops forgotten; a search
/// that begins a period late.
@Suite struct `A recorded network` {
  private struct Recording {
    var periods: [(duration: Int64, bandwidth: Int64)]

    /// Periods from a nanosecond to hours, of nothing, a bit per second or many Gbit/s.
    init(_ key: DrawKey) {
      let count = Int(key.draw(0) % 40) + 1
      periods = (0..<count).map { index in
        let its = key.child(UInt64(index))
        let longest: Int64 = [10, 2_000_000_000, 20_000_000_000_000][Int(its.draw(1) % 3)]
        let highest: UInt64 = [1, 10, 20_000_000, 400_000_000_000][Int(its.draw(2) % 4)]
        return (Int64(its.draw(3) % UInt64(longest)) + 1, Int64(its.draw(4) % highest))
      }
      periods[0].bandwidth += 1
    }

    var loop: Int64 { periods.reduce(0) { $0 + $1.duration } }

    var table: NetworkTable {
      NetworkTable([
        NetworkRecording(
          file: "another",
          periods: [.init(duration: .seconds(1), bandwidth: Bitrate(bitsPerSecond: 7), latency: .zero)]),
        NetworkRecording(
          file: "drawn",
          periods: periods.enumerated().map { index, its in
            .init(
              duration: SimulationDuration(nanoseconds: its.duration),
              bandwidth: Bitrate(bitsPerSecond: its.bandwidth), latency: SimulationDuration(nanoseconds: Int64(index)))
          }),
      ])
    }

    /// What arrives within a time from a place, in bit/s x ns: period by period.
    func delivered(from place: Int64, within time: Int64) -> UInt128 {
      var (index, place) = (0, place)
      while place >= periods[index].duration {
        place -= periods[index].duration
        index += 1
      }
      let (loops, part) = time.quotientAndRemainder(dividingBy: loop)
      var work = UInt128(loops) * periods.reduce(0) { $0 + UInt128($1.duration) * UInt128($1.bandwidth) }
      var (rest, left) = (part, periods[index].duration - place)
      while rest > 0 {
        let step = min(rest, left)
        work += UInt128(step) * UInt128(periods[index].bandwidth)
        rest -= step
        index = (index + 1) % periods.count
        left = periods[index].duration
      }
      return work
    }
  }

  @Test func `ends a transfer in the first nanosecond by which all bits have arrived`() {
    var long = 0
    for sample in 0..<3000 {
      let key = DrawKey(seed: 11, replication: sample)
      let recording = Recording(key)
      let table = recording.table
      for attempt in 0..<5 {
        let its = key.child(1000 + UInt64(attempt))
        let place = Int64(its.draw(0) % UInt64(recording.loop))
        let bits = Int64(its.draw(1) % [2, 1000, 50_000_000, 1 << 50][attempt % 4]) + 1
        let time = table.duration(ofTransfer: bits, from: place, in: 1)
        guard time < Transfer.longest else {
          long += 1
          #expect(recording.delivered(from: place, within: Transfer.longest - 1) < UInt128(bits) * 1_000_000_000)
          continue
        }
        #expect(recording.delivered(from: place, within: time) >= UInt128(bits) * 1_000_000_000)
        #expect(recording.delivered(from: place, within: time - 1) < UInt128(bits) * 1_000_000_000)
      }
    }
    #expect(long > 0 && long < 5000)
  }

  @Test func `delivers two transfers as it does one of both`() {
    for sample in 0..<1000 {
      let key = DrawKey(seed: 12, replication: sample)
      let recording = Recording(key)
      let table = recording.table
      let place = Int64(key.child(1000).draw(0) % UInt64(recording.loop))
      let (a, b) = (Int64(key.child(1001).draw(0) % 3_000_000), Int64(key.child(1002).draw(0) % 3_000_000))
      let first = table.duration(ofTransfer: a, from: place, in: 1)
      let both = table.duration(ofTransfer: a + b, from: place, in: 1)
      #expect(both >= first)
      guard both < Transfer.longest else { continue }
      let second = table.duration(
        ofTransfer: b, from: table.place(from: place, after: first, in: 1), in: 1)
      // The first one's end is rounded up, by less than a nanosecond, in which the second one could have begun.
      #expect(first + second >= both)
      let lost = recording.delivered(from: place, within: first) - UInt128(a) * 1_000_000_000
      let goal = UInt128(a + b) * 1_000_000_000 + lost
      #expect(recording.delivered(from: place, within: first + second) >= goal)
      #expect(second == 0 || recording.delivered(from: place, within: first + second - 1) < goal)
    }
  }

  @Test func `tells the latency and the bandwidth of every place`() {
    let recording = Recording(DrawKey(seed: 13, replication: 2))
    let table = recording.table
    var start: Int64 = 0
    for (index, its) in recording.periods.enumerated() {
      for place in [start, start + its.duration - 1] {
        #expect(table.latency(at: place, in: 1) == Int64(index))
        #expect(table.bandwidth(at: place, in: 1) == its.bandwidth)
      }
      start += its.duration
    }
    #expect(table.place(from: start - 1, after: 2, in: 1) == 1 % start)
    #expect(table.place(from: 5, after: Int64.max, in: 0) == Int64((UInt64(5) + UInt64(Int64.max)) % 1_000_000_000))
  }

  @Test func `waits through periods of nothing, however many loops it takes`() {
    let second = SimulationDuration.seconds(1)
    let table = NetworkTable([
      NetworkRecording(
        file: "tunnel",
        periods: [8, 0, 0].map {
          .init(duration: second, bandwidth: Bitrate(bitsPerSecond: $0), latency: .zero)
        })
    ])
    // 8 bits a loop of 3 s, in its first second.
    #expect(table.duration(ofTransfer: 8, from: 0, in: 0) == 1_000_000_000)
    #expect(table.duration(ofTransfer: 9, from: 0, in: 0) == 3_125_000_000)
    #expect(table.duration(ofTransfer: 4, from: 1_500_000_000, in: 0) == 2_000_000_000)
    #expect(table.duration(ofTransfer: 800, from: 0, in: 0) == 298_000_000_000)
    #expect(table.duration(ofTransfer: 801, from: 0, in: 0) == 300_125_000_000)
    #expect(table.duration(ofTransfer: 0, from: 1, in: 0) == 0)
  }
}

@Suite struct `A constant bandwidth` {
  @Test func `takes the bits over the bandwidth, rounded up`() {
    #expect(Transfer.duration(bits: 690_000, bitsPerSecond: 200_000) == 3_450_000_000)
    #expect(Transfer.duration(bits: 1, bitsPerSecond: 3) == 333_333_334)
    #expect(Transfer.duration(bits: 1, bitsPerSecond: 2_000_000_000) == 1)
    #expect(Transfer.duration(bits: 0, bitsPerSecond: 5) == 0)
    #expect(Transfer.duration(bits: 1, bitsPerSecond: 0) == Transfer.longest)
    #expect(Transfer.duration(bits: .max, bitsPerSecond: 1) == Transfer.longest)
    #expect(Transfer.duration(bits: .max, bitsPerSecond: .max) == 1_000_000_000)
    #expect(Transfer.duration(bits: .max, bitsPerSecond: .max - 1) == 1_000_000_001)
  }

  @Test func `agrees with a division in 128 bits`() {
    for sample in 0..<10_000 {
      let key = DrawKey(seed: 14, replication: sample)
      let bits = Int64(key.draw(0) >> (1 + key.draw(1) % 62)) + 1
      let rate = Int64(key.draw(2) >> (1 + key.draw(3) % 62)) + 1
      let exact = (UInt128(bits) * 1_000_000_000 + UInt128(rate) - 1) / UInt128(rate)
      #expect(Transfer.duration(bits: bits, bitsPerSecond: rate) == Int64(min(exact, UInt128(Transfer.longest))))
    }
  }
}
