extension Golden {
  static let recordings: [Golden] = [
    Golden(
      .badRecording, in: .stream, replacing: "bandwidth: 4Mbps",
      with: "bandwidth: trace(3g.json)",
      files: ["3g.json": #"[{"duration_ms": -1000, "bandwidth_kbps": 1500, "latency_ms": 100}]"#],
      says: """
        3g.json:1:18: error: `duration_ms` of period 0 is -1000, and has to be above zero [bad-recording]
        1 | [{"duration_ms": -1000, "bandwidth_kbps": 1500, "latency_ms": 100}]
          |                  ^^^^^
        """),
    Golden(
      .badRecording, in: .stream, replacing: "bandwidth: 4Mbps",
      with: "bandwidth: trace(3g.json)",
      files: ["3g.json": #"[{"duration_ms": fast, "bandwidth_kbps": 1500, "latency_ms": 100}]"#],
      says: """
        3g.json:1:18: error: `duration_ms` of period 0 is `fast`, which is not a number [bad-recording]
        1 | [{"duration_ms": fast, "bandwidth_kbps": 1500, "latency_ms": 100}]
          |                  ^^^^
        """),
    Golden(
      .badRecording, in: .stream, replacing: "bandwidth: 4Mbps",
      with: "bandwidth: trace(3g.json)",
      files: ["3g.json": #"[{"duration_ms": 1000, "bandwidth_kbps": -3, "latency_ms": 100}]"#],
      says: """
        3g.json:1:42: error: `bandwidth_kbps` of period 0 is -3, and has to be zero or more [bad-recording]
        1 | [{"duration_ms": 1000, "bandwidth_kbps": -3, "latency_ms": 100}]
          |                                          ^^
        """),
    Golden(
      .badRecording, in: .stream, replacing: "bandwidth: 4Mbps",
      with: "bandwidth: trace(3g.json)",
      files: ["3g.json": #"[{"duration_ms": 1000, "bandwidth_kbps": 0, "latency_ms": 100}]"#],
      says: """
        3g.json:1:1: error: no period of this network has any bandwidth [bad-recording]
        1 | [{"duration_ms": 1000, "bandwidth_kbps": 0, "latency_ms": 100}]
          | ^
        """),
    Golden(
      .badRecording, in: .stream, replacing: "bandwidth: 4Mbps",
      with: "bandwidth: trace(3g.json)",
      files: ["3g.json": #"[{"duration_ms": 1000, "latency_ms": 100}]"#],
      says: """
        3g.json:1:2: error: period 0 lacks `bandwidth_kbps` [bad-recording]
        1 | [{"duration_ms": 1000, "latency_ms": 100}]
          |  ^
        """),
    Golden(
      .badRecording, in: .stream, replacing: "bandwidth: 4Mbps",
      with: "bandwidth: trace(3g.json)",
      files: ["3g.json": "[]"],
      says: """
        3g.json:1:1: error: a recorded network is a list of at least one period [bad-recording]
        1 | []
          | ^
        """),
    Golden(
      .notYAML, in: .stream, replacing: "bandwidth: 4Mbps",
      with: "bandwidth: trace(3g.json)",
      files: ["3g.json": "[{"],
      says: """
        3g.json:2:1: error: not YAML: while parsing a flow node in line 2, did not find expected node content [not-yaml]
        2 | 
          | ^
        """),
    Golden(
      .fileNotFound, in: .stream, replacing: "bandwidth: 4Mbps",
      with: "bandwidth: trace(3g.json)",
      says: """
        stream.yaml:11:70: error: `3g.json` does not exist [file-not-found]
        11 |   mobile: {share: 40%, like: media3, devices: 1000, bandwidth: trace(3g.json)}
           |                                                                      ^^^^^^^
        """),
    Golden(
      .conflictingKeys, in: .stream, replacing: "bandwidth: 4Mbps",
      with: "bandwidth: trace(3g.json), latency: 5ms",
      files: ["3g.json": #"[{"duration_ms": 1000, "bandwidth_kbps": 1500, "latency_ms": 100}]"#],
      says: """
        stream.yaml:11:80: error: a recorded network has its own `latency` [conflicting-keys]
        11 |   mobile: {share: 40%, like: media3, devices: 1000, bandwidth: trace(3g.json), latency: 5ms}
           |                                                                                ^^^^^^^
        """),
    Golden(
      .badRecording, in: .stream, replacing: "[235kbps, 750kbps, 3Mbps]",
      with: "recorded(bbb.json)",
      files: [
        "bbb.json":
          #"{"segment_duration_ms": 3000, "bitrates_kbps": [230, 331],\#n "segment_sizes_bits": [[886360, 1180512], [700000]]}"#
      ],
      says: """
        bbb.json:2:44: error: segment 1 needs 2 sizes, one for each bit rate [bad-recording]
        2 |  "segment_sizes_bits": [[886360, 1180512], [700000]]}
          |                                            ^
        """),
    Golden(
      .conflictingKeys, in: .stream, replacing: "[235kbps, 750kbps, 3Mbps]",
      with: "recorded(bbb.json)\n  segment: 4s",
      files: ["bbb.json": #"{"segment_duration_ms": 3000, "bitrates_kbps": [230], "segment_sizes_bits": [[886360]]}"#],
      says: """
        stream.yaml:7:3: error: the recorded title says the `duration`, so that it can't be given here [conflicting-keys]
        7 |   duration: 40min
          |   ^^^^^^^^
        stream.yaml:9:3: error: the recorded title says the `segment`, so that it can't be given here [conflicting-keys]
        9 |   segment: 4s
          |   ^^^^^^^
        """),
  ]
}
