import Sampling

/// Where a stream of arrivals stands.
struct ArrivalStreamState: BitwiseCopyable {
  /// Candidates drawn so far; also the index of the next one.
  var index: UInt64 = 0
  /// The key of the candidate that comes next.
  var key: UInt64 = 0
  /// Poisson: the key and the gap of the one after it, drawn ahead, since the event that needs them waits for nothing else.
  var keyAhead: UInt64 = 0
  var gapAhead: Int64 = 0
  /// When the last candidate came, in nanoseconds.
  var last: Int64 = 0
  /// The piece of a piecewise rate in which that was.
  var piece: Int32 = 0
  /// Replay: how many requests have come of the recorded arrival `index`.
  var copy: Int32 = 0
}

/// Requests come up: streams of arrivals, closed clients, and the logical requests they make.
extension Simulation {
  /// Nanoseconds beyond any horizon that still add up without overflow.
  private static var farAway: Int64 { 1 << 61 }

  mutating func start(stream: Int32) {
    switch streams[stream].law.kind {
    case .closed:
      for client in program.clients(of: stream) { think(client: client, from: streams[stream].begins) }
    case .poisson, .constant, .renewal, .diurnal, .piecewise, .replay:
      if streams[stream].begins >= horizon { return }
      streamStates[stream].last = streams[stream].begins
      if streams[stream].law.kind == .poisson {
        drawAhead(of: streamStates.at(stream), by: streams[stream].law.sampler)
      }
      scheduleArrival(of: stream)
    }
  }

  mutating func arrive(stream: Int32) {
    let request = DrawKey(bits: streamStates.at(stream).its.key)
    scheduleArrival(of: stream)
    let entry = streams.at(stream)
    let workload = entry.pointee.workload
    if entry.pointee.part.over > 0, !comes(request, of: stream) { return }
    if workloads[workload].edge < 0 {
      beginSession(request: request, of: entry.pointee.cohort, stream: stream)
    } else {
      beginRequest(of: workload, request: request, client: -1, stream: stream)
    }
  }

  /// Whether a request is among the part of a moving surge that comes now: one that comes at a part comes at any greater.
  @inline(never) private mutating func comes(_ request: DrawKey, of stream: Int32) -> Bool {
    request.uniform(Purpose.surge) < streams[stream].part.value(after: now &- streams[stream].begins)
  }

  /// Draws the time of the stream's next arrival, which bears the index that the state has afterwards.
  @inline(always) private mutating func scheduleArrival(of stream: Int32) {
    let time: Int64
    let entry = streams.at(stream)
    let state = streamStates.at(stream)
    let law = entry.pointee.law
    switch law.kind {
    case .poisson:
      time = state.its.last &+ state.its.gapAhead
      state.its.key = state.its.keyAhead
      drawAhead(of: state, by: law.sampler)
    case .renewal:
      let gap = min(samplers[law.sampler].nanoseconds(nextDraw(of: stream)), Self.farAway)
      let factor = law.rate
      let scaled = factor == 1 ? gap : Int64(min(Double(gap) / factor, 0x1p61).rounded())
      time = streamStates[stream].last &+ scaled
    case .constant:
      _ = nextKey(of: stream)
      let count = Double(streamStates[stream].index)
      let elapsed = (count * 1e9 / law.rate).rounded()
      time = elapsed < 0x1p62 ? streams[stream].begins &+ Int64(elapsed) : Edge.noLimit
    case .diurnal: time = nextDiurnalArrival(of: stream)
    case .piecewise: time = nextPiecewiseArrival(of: stream)
    case .replay: time = nextReplayedArrival(of: stream)
    case .closed: return
    }
    state.its.last = time
    if time < entry.pointee.ends, time < horizon {
      let next = CalendarEntry(
        time: time, order: calendar.nextOrder(.arrival), payload: EventPayload(.arrival, stream))
      if stream == foremostStream { calendar.keepAside(next) } else { calendar.insert(next) }
    }
  }

  /// The key of the stream's next candidate.
  @inline(always) private mutating func nextKey(of stream: Int32) -> DrawKey {
    let state = streamStates.at(stream)
    state.its.index &+= 1
    let key = DrawKey(bits: streamKeys[stream]).child(state.its.index)
    state.its.key = key.bits
    return key
  }

  @inline(always) private mutating func drawAhead(of state: Slot<ArrivalStreamState>, by sampler: Int32) {
    state.its.index &+= 1
    let key = DrawKey(bits: streamKeys[state.index]).child(state.its.index)
    state.its.keyAhead = key.bits
    state.its.gapAhead = min(samplers.at(sampler).nanoseconds(key.draw(Purpose.interarrival)), Self.farAway)
  }

  @inline(always) private mutating func nextDraw(of stream: Int32) -> UInt64 {
    nextKey(of: stream).draw(Purpose.interarrival)
  }

  /// An exponential time at a rate per nanosecond, in nanoseconds; saturates far beyond any horizon.
  @inline(always) private mutating func gap(of stream: Int32, atRate rate: Double) -> Int64 {
    let exponential = samplers[streams[stream].law.sampler].seconds(nextDraw(of: stream))
    let gap = (exponential / rate).rounded()
    return gap < 0x1p61 ? Int64(gap) : Self.farAway
  }

  /// Thins arrivals at the peak rate; P. A. W. Lewis and G. S. Shedler, Naval Research Logistics 26 (1979) 403.
  private mutating func nextDiurnalArrival(of stream: Int32) -> Int64 {
    let law = streams[stream].law
    var time = streamStates[stream].last
    while time < horizon {
      time &+= gap(of: stream, atRate: law.rate)
      let days = (Double(time) - law.peakAt) / 86_400e9
      let relative = law.mean + law.amplitude * DeterministicMath.cos(2 * .pi * (days - days.rounded(.down)))
      let key = DrawKey(bits: streamStates[stream].key)
      if key.uniform(Purpose.thinning) < relative { return time }
    }
    return Edge.noLimit
  }

  /// Spends one unit-exponential amount of expected arrivals across the pieces.
  private mutating func nextPiecewiseArrival(of stream: Int32) -> Int64 {
    let law = streams[stream].law
    var left = samplers[law.sampler].seconds(nextDraw(of: stream))
    var time = streamStates[stream].last
    var piece = streamStates[stream].piece
    while true {
      let isLast = piece &+ 1 == law.count
      let end = isLast ? Int64.max : program.pieces[law.firstPiece &+ piece &+ 1].from
      if end <= time {
        piece &+= 1
        continue
      }
      let rest = program.pieces[law.firstPiece &+ piece].rest(from: time, to: end)
      let wait = rest.wait(expecting: left).rounded()
      if isLast || wait <= rest.length {
        streamStates[stream].piece = piece
        return wait < 0x1p61 ? time &+ Int64(wait) : Edge.noLimit
      }
      left -= rest.expected
      if left < 0 { left = 0 }
      time = end
      piece &+= 1
    }
  }

  private mutating func think(client: Int32, from time: Int64) {
    let stream = program.clientStream[client]
    let law = streams[stream].law
    let key = clientKey(client, stream)
    let think = samplers[law.sampler].nanoseconds(key.draw(Purpose.think))
    if think < min(horizon, streams[stream].ends) &- time {
      calendar.schedule(EventPayload(.thought, client), at: time &+ think, .arrival)
    }
  }

  mutating func ask(client: Int32) {
    let stream = program.clientStream[client]
    beginRequest(of: streams[stream].workload, request: clientKey(client, stream), client: client, stream: stream)
  }

  private func clientKey(_ client: Int32, _ stream: Int32) -> DrawKey {
    let number = client &- program.firstClient[stream]
    return DrawKey(bits: streamKeys[stream]).child(UInt64(number))
      .child(UInt64(bitPattern: clientCycles[client]))
  }

  @inline(always) private mutating func beginRequest(
    of workload: Int32, request: DrawKey, client: Int32, stream: Int32
  ) {
    let edge = workloads.at(workload).pointee.edge
    let plain = plainCalls.at(edge)
    let call = calls.take()
    call.its.key = request.bits
    call.its.request = request.bits
    call.its.parent = Call.root
    call.its.sibling = -1
    call.its.edge = edge
    call.its.edgeState = plain.pointee.firstState
    call.its.workload = Int16(truncatingIfNeeded: workload)
    call.its.began = now
    var windows = windowsOfArrival(request: request.bits, workload: Int16(truncatingIfNeeded: workload))
    call.its.windows = windows
    call.its.client = client
    call.its.bin = currentBin
    meters.arrived(workload: workload, bin: currentBin)
    if tellsRequests { tellArrival(of: call, windows: windows, stream: stream) }
    let first = Int(workload) &* windowCount
    while windows != 0 {
      tallies.arrived(first &+ windows.trailingZeroBitCount)
      windows &= windows &- 1
    }
    if plain.pointee.isPlain, !takesLongWay, callFaults.count == 0 {
      startPlainly(call, along: edge, plain, request)
    } else {
      startRequest(call)
    }
  }

  /// Makes a request's call in the long way.
  @inline(never) private mutating func startRequest(_ call: Slot<Call>) {
    call.its.frame = -1
    call.its.attempt = 0
    call.its.state = .outstanding
    call.its.flags = []
    startCall(call)
  }

  @inline(never) private mutating func tellArrival(of call: Slot<Call>, windows: UInt64, stream: Int32) {
    let workload = Int32(call.its.workload)
    if logsRequests { logBegin(call, windows: windows, stream: stream) }
    noteArrival(workload: workload)
    if !aftermaths.isEmpty { aftermaths.arrived(workload: Int(workload), at: now) }
  }

  /// The asker has an answer, or knows that there will be none.
  @inline(always) mutating func endRequest(_ call: Slot<Call>, _ ending: Ending, _ blame: Blame) {
    let workload = Int(call.its.workload)
    let latency = now &- call.its.began
    var windows = call.its.windows
    while windows != 0 {
      tallies.ended(
        workload &* windowCount &+ windows.trailingZeroBitCount, ending, latency: latency, blame: blame)
      windows &= windows &- 1
    }
    meters.ended(workload: Int32(workload), bin: call.its.bin, ending)
    sign(call.its.request, ending, blame)
    if tellsRequests { tellEnd(of: call, ending, blame) }
    let client = call.its.client
    if client >= 0 {
      clientCycles[client] &+= 1
      think(client: client, from: now)
    }
  }

  @inline(never) private mutating func tellEnd(of call: Slot<Call>, _ ending: Ending, _ blame: Blame) {
    let workload = Int(call.its.workload)
    if recordsSignals { noteEnd(workload: workload, began: call.its.began, ending, blame) }
    if !aftermaths.isEmpty { aftermaths.ended(workload: workload, arrivedAt: call.its.began, ending) }
    if logsRequests { logEnd(call, ending, blame) }
  }

  @inline(always) mutating func sign(_ request: UInt64, _ ending: Ending, _ blame: Blame) {
    var outcome = UInt64(bitPattern: now) ^ UInt64(ending.rawValue) << 62
    if let reason = blame.reason {
      outcome ^= program.componentHashes[blame.component] &+ UInt64(reason.rawValue)
    }
    fingerprint = DrawKey.mix(fingerprint ^ DrawKey.mix(request &+ outcome &* 0x9E37_79B9_7F4A_7C15))
  }
}
