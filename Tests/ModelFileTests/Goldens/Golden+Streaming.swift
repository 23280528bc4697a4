extension Golden {
  static let streaming: [Golden] = [
    Golden(
      .ladderNotRising, in: .stream, replacing: "750kbps",
      with: "200kbps",
      says: """
        stream.yaml:8:21: error: the ladder has to rise, and this is not above the one before it [ladder-not-rising]
        8 |   ladder: [235kbps, 200kbps, 3Mbps]
          |                     ^^^^^^^
        """),
    Golden(
      .wrongUnit, in: .stream, replacing: "750kbps",
      with: "750kbit/s",
      says: """
        stream.yaml:8:24: error: `kbit/s` is not a unit of a bit rate [wrong-unit]
        8 |   ladder: [235kbps, 750kbit/s, 3Mbps]
          |                        ^^^^^^ did you mean `750kbps`?
        """),
    Golden(
      .missingUnit, in: .stream, replacing: "bandwidth: 4Mbps",
      with: "bandwidth: lognormal(mean=22 cv=0.8)",
      says: """
        stream.yaml:11:79: error: a bit rate needs a unit [missing-unit]
        11 |   mobile: {share: 40%, like: media3, devices: 1000, bandwidth: lognormal(mean=22 cv=0.8)}
           |                                                                               ^^ which unit? such as `5Mbps`
        """),
    Golden(
      .outOfRange, in: .stream, replacing: "bandwidth: 4Mbps",
      with: "bandwidth: 0Mbps",
      says: """
        stream.yaml:11:64: error: the mean bandwidth has to be above zero [out-of-range]
        11 |   mobile: {share: 40%, like: media3, devices: 1000, bandwidth: 0Mbps}
           |                                                                ^^^^^
        """),
    Golden(
      .badStart, in: .stream, replacing: "together: [licence, segment]",
      with: "licence",
      says: """
        stream.yaml:14:10: error: this start never fetches a segment, so that nothing would be played [bad-start]
        14 |   start: [play, manifest, licence]
           |          ^ add `segment`
        """),
    Golden(
      .badStart, in: .stream, replacing: "[play, manifest, together: [licence, segment]]",
      with: "[play, licence, segment, manifest]",
      says: """
        stream.yaml:14:35: error: the manifest says where segments are: it can't come after one [bad-start]
        14 |   start: [play, licence, segment, manifest]
           |                                   ^^^^^^^^
        """),
    Golden(
      .badStart, in: .stream, replacing: "[play, manifest, together: [licence, segment]]",
      with: "[play, licence, segment, together: [segment]]",
      says: """
        stream.yaml:14:35: error: a start fetches one `segment`, and this is another one [bad-start]
        14 |   start: [play, licence, segment, together: [segment]]
           |                                   ^
        """),
    Golden(
      .badName, in: .stream, replacing: "    licence: {call",
      with: "    segment: {call: api.licence}\n    licence: {call",
      says: """
        stream.yaml:17:5: error: `segment` is what `start` fetches from the CDN, and can't name a dependency [bad-name]
        17 |     segment: {call: api.licence}
           |     ^^^^^^^
        """),
    Golden(
      .unknownDependency, in: .stream, replacing: "together: [licence",
      with: "together: [license",
      says: """
        stream.yaml:14:38: error: `sessions` has no dependency `license` [unknown-dependency]
        14 |   start: [play, manifest, together: [license, segment]]
           |                                      ^^^^^^^ did you mean `licence`?
        """),
    Golden(
      .unusedDependency, in: .stream, replacing: "together: [licence, segment]",
      with: "segment",
      says: """
        stream.yaml:17:5: warning: neither `start` nor `after` calls `licence` [unused-dependency]
        17 |     licence: {call: api.licence}
           |     ^^^^^^^
        """),
    Golden(
      .unknownArrivals, in: .stream, replacing: "poisson(40/s)",
      with: "closed(clients=10 think=1s)",
      says: """
        stream.yaml:13:13: error: sessions can't arrive `closed`: none waits for another one to end [unknown-arrivals]
        13 |   arrivals: closed(clients=10 think=1s)
           |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^ expected others, such as `poisson(40/s)`
        """),
    Golden(
      .sharesNotWhole, in: .stream, replacing: "share: 40%",
      with: "share: 30%",
      says: """
        stream.yaml:9:1: error: the shares of the cohorts add up to 90%, not to 100% [shares-not-whole]
        9 | players:
          | ^^^^^^^
        """),
    Golden(
      .missingKey, in: .stream, replacing: "share: 40%, ",
      with: "",
      says: """
        stream.yaml:11:3: error: `mobile` lacks the key `share` [missing-key]
        11 |   mobile: {like: media3, devices: 1000, bandwidth: 4Mbps}
           |   ^^^^^^ one of several cohorts needs its part of the sessions
        """),
    Golden(
      .missingKey, in: .queue, replacing: "services:",
      with: "catalog: {ladder: [1Mbps], titles: 1, popularity: zipf(0), duration: 1h}\nservices:",
      says: """
        model.yaml:7:1: error: `catalog` needs `players`, `sessions` and `cdns` beside it [missing-key]
        7 | catalog: {ladder: [1Mbps], titles: 1, popularity: zipf(0), duration: 1h}
          | ^^^^^^^ `catalog`, `players`, `sessions` and `cdns` belong together
        """),
    Golden(
      .missingKey, in: .stream, replacing: "  titles: 100\n",
      with: "",
      says: """
        stream.yaml:4:1: error: titles on demand need the key `titles` [missing-key]
        4 | catalog:
          | ^^^^^^^
        """),
    Golden(
      .conflictingKeys, in: .stream, replacing: "[235kbps, 750kbps, 3Mbps]",
      with: "[235kbps, 750kbps, 3Mbps]\n  live: {channels: 3}",
      says: """
        stream.yaml:5:3: error: `titles` is of titles on demand, and all sessions watch live [conflicting-keys]
        5 |   titles: 100
          |   ^^^^^^ say what part of them does by `share` in `live`
        stream.yaml:6:3: error: `popularity` is of titles on demand, and all sessions watch live [conflicting-keys]
        6 |   popularity: zipf(0.9)
          |   ^^^^^^^^^^ say what part of them does by `share` in `live`
        stream.yaml:7:3: error: `duration` is of titles on demand, and all sessions watch live [conflicting-keys]
        7 |   duration: 40min
          |   ^^^^^^^^ say what part of them does by `share` in `live`
        """),
    Golden(
      .duplicateName, in: .stream, replacing: "  mobile:",
      with: "  origin:",
      says: """
        stream.yaml:11:3: error: `origin` is the name of a service already [duplicate-name]
        11 |   origin: {share: 40%, like: media3, devices: 1000, bandwidth: 4Mbps}
           |   ^^^^^^
        """),
    Golden(
      .duplicateName, in: .stream, replacing: "  beta:",
      with: "  sessions:",
      says: """
        stream.yaml:22:3: error: `sessions` is the name of all sessions, and can't name another thing [duplicate-name]
        22 |   sessions:
           |   ^^^^^^^^
        stream.yaml:26:30: error: unknown CDN `beta` [unknown-cdn]
        26 |   policy: weighted(alpha=70% beta=30%)
           |                              ^^^^ expected `alpha` or `sessions`
        """),
    Golden(
      .bufferTooSmall, in: .stream, replacing: "[235kbps, 750kbps, 3Mbps]",
      with: "[235kbps, 750kbps, 3Mbps]\n  segment: 1min",
      says: """
        stream.yaml:11:35: error: a buffer of 30s has no room for a segment of 1min [buffer-too-small]
        11 |   living-room: {share: 60%, like: hls.js, devices: 1000, bandwidth: lognormal(mean=22Mbps cv=0.8)}
           |                                   ^^^^^^
        stream.yaml:12:30: error: a buffer of 50s has no room for a segment of 1min [buffer-too-small]
        12 |   mobile: {share: 40%, like: media3, devices: 1000, bandwidth: 4Mbps}
           |                              ^^^^^^
        """),
    Golden(
      .bufferTooSmall, in: .stream, replacing: "like: media3",
      with: "like: media3, buffer: {start: 2min}",
      says: """
        stream.yaml:11:54: error: `start` of 2min is above the buffer's `target` of 50s, and would never be reached [buffer-too-small]
        11 |   mobile: {share: 40%, like: media3, buffer: {start: 2min}, devices: 1000, bandwidth: 4Mbps}
           |                                                      ^^^^
        """),
    Golden(
      .unknownRegion, in: .stream, replacing: "like: media3",
      with: "like: media3, region: us",
      says: """
        stream.yaml:11:46: error: unknown region `us` [unknown-region]
        11 |   mobile: {share: 40%, like: media3, region: us, devices: 1000, bandwidth: 4Mbps}
           |                                              ^^ expected `eu`
        """),
    Golden(
      .unknownWord, in: .stream, replacing: "like: media3",
      with: "like: exoplayer",
      says: """
        stream.yaml:11:30: error: `exoplayer` is not a value of `like` [unknown-word]
        11 |   mobile: {share: 40%, like: exoplayer, devices: 1000, bandwidth: 4Mbps}
           |                              ^^^^^^^^^ expected `basic`, `dash.js`, `hls.js`, `media3` or `shaka`
        """),
    Golden(
      .badExpression, in: .stream, replacing: "popularity: zipf(0.9)",
      with: "popularity: uniform",
      says: """
        stream.yaml:6:15: error: `uniform` is not a popularity [bad-expression]
        6 |   popularity: uniform
          |               ^^^^^^^ expected one such as `zipf(0.9)`
        """),
    Golden(
      .unknownWord, in: .stream, replacing: "timeout: 3s",
      with: "timeout: 3s, retry: {retry-on: [abandoned]}",
      says: """
        stream.yaml:16:60: error: `abandoned` is not a value of `retry-on` [unknown-word]
        16 |     play: {call: api.play, timeout: 3s, retry: {retry-on: [abandoned]}}
           |                                                            ^^^^^^^^^ expected `breaker-open`, `bulkhead-full`, `error`, `rejected`, `timeout` or `unreachable`
        """),
  ]
}
