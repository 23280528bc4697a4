import Model

@testable import Engine

/// The obvious player's loop over the engine's arithmetic, in whole nanoseconds.
struct TestPlayer {
  let rules: BitrateRules
  let network: NetworkTable
  let sizes: MediaSizes
  let segments: Int
  let buffer: BufferSettings
  let segment: Int64
  /// The place in the network's loop where the session begins.
  var begins: Int64 = 0

  struct Play {
    var segments: [(requested: Int64, completed: Int64, rendition: Int32)] = []
    var stalls: [(from: Int64, to: Int64)] = []
    var startup: Int64?
    var ended: Int64 = 0
  }

  func play() -> Play {
    var play = Play()
    var estimate = BandwidthEstimate()
    var (now, level, last) = (Int64(0), Int64(0), Int32(-1))
    var (playing, usesBola) = (false, false)

    func wait(_ time: Int64) {
      if playing && time > level {
        play.stalls.append((now + level, -1))
        playing = false
        level = 0
      } else if playing {
        level -= time
      }
      now += time
    }

    for number in 0..<segments {
      let surplus = level + segment - buffer.target.nanoseconds
      if surplus > 0 { wait(surplus) }
      let rendition = rules.rendition(
        cohort: 0, after: last, level: level, estimate: estimate, usesBola: &usesBola)
      let requested = now
      let place = network.place(from: begins, after: now, in: 0)
      let latency = network.latency(at: place, in: 0)
      let bits = sizes.bits(segment: Int32(number), rendition: rendition, factor: 1)
      let transfer = network.duration(
        ofTransfer: bits, from: network.place(from: begins, after: now + latency, in: 0), in: 0)
      wait(latency + transfer)
      level += segment
      estimate.add(bits: bits, transfer: transfer, latency: latency, rule: rules.settings.at(0))
      play.segments.append((requested, now, rendition))
      last = rendition
      let needed = play.startup == nil ? buffer.start : buffer.resume
      if !playing && (level >= needed.nanoseconds || number == segments - 1) {
        playing = true
        if play.startup == nil { play.startup = now } else { play.stalls[play.stalls.count - 1].to = now }
      }
    }
    play.ended = now + level
    return play
  }
}

extension TestPlayer {
  /// The same session as the obvious player's, whose numbers must be whole in the engine's units.
  init(_ player: ObviousPlayer) {
    func time(_ ms: Double) -> SimulationDuration { SimulationDuration(nanoseconds: Int64(ms * 1e6)) }
    func rate(_ kbps: Double) -> Bitrate { Bitrate(bitsPerSecond: Int64(kbps * 1e3)) }
    let rule = BitrateRule(
      kind: player.kind, fit: player.fit, fastHalfLife: time(player.halfLivesMs[0]),
      slowHalfLife: time(player.halfLivesMs[1]), up: player.up, down: player.down,
      initial: player.initialKbps.map(rate), risesFrom: player.risesFromMs.map(time),
      fallsBelow: player.fallsBelowMs.map(time), bolaFrom: time(player.bolaFromMs),
      throughputBelow: time(player.throughputBelowMs))
    let buffer = BufferSettings(
      start: time(player.startMs), target: time(player.targetMs), resume: time(player.resumeMs))
    let ladder = player.ladderKbps.map(rate)
    let recording = NetworkRecording(
      file: "test",
      periods: player.network.map {
        NetworkRecording.Period(duration: time($0.ms), bandwidth: rate($0.kbps), latency: time($0.latencyMs))
      })
    let sizes = SegmentSizes.recorded(player.sizesBits.map { $0.map { Int64($0) } })
    guard let compiled = try? MediaSizes(sizes, ladder: ladder, segment: time(player.segmentMs)) else {
      preconditionFailure("Recorded sizes need no distribution.")
    }
    self.init(
      rules: BitrateRules([(rule, buffer)], ladder: ladder, segment: time(player.segmentMs)),
      network: NetworkTable([recording]), sizes: compiled, segments: player.sizesBits.count, buffer: buffer,
      segment: time(player.segmentMs).nanoseconds, begins: time(player.beginsAtMs).nanoseconds)
  }
}
