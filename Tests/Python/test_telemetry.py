"""The telemetry of a run joins up: a session is followed from the player to the packager by its identifiers alone."""

import collections
import json
import re
import urllib.parse
import uuid

import pytest

from conftest import ratchet

MODEL = """\
model: path
time: {horizon: 2min, start: 19:00}
catalog:
  titles: 50
  popularity: zipf(0.9)
  duration: 2min
  ladder: [235kbps, 1750kbps, 3Mbps]
  segment: 4s
players:
  tv: {share: 60%, like: hls.js, bandwidth: 20Mbps, latency: 20ms}
  phone: {share: 40%, like: media3, bandwidth: 6Mbps, latency: 40ms}
sessions:
  arrivals: poisson(1/s)
  start: [play, manifest, segment]
  dependencies:
    play: {call: edge-api.play, timeout: 3s}
cdns:
  alpha:
    edge: {sites: 2, cache: {size: 1GB, policy: lru}, latency: 9ms, detail: objects}
    origin: origin.segment
steering: {policy: weighted(alpha=100%), ttl: 5min}
services:
  edge-api:
    stage: api
    pool: {threads: 50, queue: 50}
    endpoints: {play: [work: 5ms]}
  origin:
    stage: origin
    pool: {threads: 50, queue: 50}
    dependencies:
      packager: {call: packager.segment, timeout: 2s}
    endpoints: {segment: [work: 5ms, call: packager]}
  packager:
    stage: packaging
    pool: {threads: 50, queue: 50}
    endpoints: {segment: [work: 20ms]}
"""

Telemetry = collections.namedtuple("Telemetry", "folder events deliveries spans")


def flattened(line):
    """The one span of a line of OTLP's JSON, with the attributes of its resource."""
    (resource,) = json.loads(line)["resourceSpans"]
    (scope,) = resource["scopeSpans"]
    (span,) = scope["spans"]
    attributes = {a["key"]: a["value"]["stringValue"] for a in resource["resource"]["attributes"]}
    return {**span, **attributes}


@pytest.fixture(scope="module")
def telemetry(tmp_path_factory):
    path = tmp_path_factory.mktemp("telemetry")
    (path / "model.yaml").write_text(MODEL)
    # A language without the sections of streaming names the first of them as an unknown key.
    checked = ratchet("validate", "model.yaml", cwd=path, check=False)
    if re.search(r"unknown key `(catalog|players|sessions|cdns|steering)`", checked.stderr):
        pytest.skip("this ratchet has no sessions: its language has no sections for streaming")
    ratchet("run", "model.yaml", "--telemetry", "out/first", "--quiet", cwd=path)
    folder = path / "out" / "first"
    version, fields, *lines = (folder / "cdn-access.log").read_text().splitlines()
    assert version == "#Version: 1.0"
    names = fields.removeprefix("#Fields: ").split(" ")
    rows = [line.split("\t") for line in lines]
    assert all(len(row) == len(names) for row in rows)
    return Telemetry(
        folder,
        [json.loads(line) for line in (folder / "player-events.jsonl").read_text().splitlines()],
        [dict(zip(names, row)) for row in rows],
        [flattened(line) for line in (folder / "spans.jsonl").read_text().splitlines()],
    )


def test_a_session_is_followed_from_the_player_to_the_packager(telemetry):
    spans = collections.defaultdict(list)
    for span in telemetry.spans:
        spans[span["traceId"]].append(span)
    deliveries = {line["x-edge-request-id"]: line for line in telemetry.deliveries}
    followed = 0
    for event in telemetry.events:
        if event["e"] != "rr" or "ratchet-trace" not in event:
            continue
        line = deliveries[event["ratchet-request"]]
        assert line["cmcd-session-id"] == event["sid"]
        assert line["cmcd-content-id"] == event["cid"]
        assert line["x-trace-id"] == event["ratchet-trace"]
        assert line["cs-uri-stem"].split("?")[0] == urllib.parse.urlsplit(event["url"]).path
        if line["x-edge-result-type"] != "Miss":
            continue
        of_trace = spans[line["x-trace-id"]]
        by_name = {span["name"]: span for span in of_trace}
        assert {"origin.segment", "packager.segment"} <= set(by_name)
        origin, packager = by_name["origin.segment"], by_name["packager.segment"]
        assert packager["parentSpanId"] == origin["spanId"]
        assert "parentSpanId" not in origin
        assert packager["ratchet.stage"] == "packaging"
        # The packager's work lies within the origin's, and that before the player had its first byte.
        assert int(origin["startTimeUnixNano"]) <= int(packager["startTimeUnixNano"])
        assert int(packager["endTimeUnixNano"]) <= int(origin["endTimeUnixNano"])
        assert int(origin["endTimeUnixNano"]) <= (event["ts"] + event["ttfb"] + 1) * 1_000_000
        followed += 1
    assert followed > 0


def test_pressing_play_is_followed_into_the_services_behind_it(telemetry):
    played = {span["traceId"]: span for span in telemetry.spans if span["name"] == "edge-api.play"}
    attempts = [event for event in telemetry.events if event["ratchet-event"] == "attempt"]
    # The last ones may have been under way at the end.
    assert sum(event["ratchet-trace"] in played for event in attempts) > len(attempts) - 5
    assert len(played) > 50


def test_identifiers_are_what_the_standards_want(telemetry):
    for event in telemetry.events:
        session = uuid.UUID(event["sid"])
        assert (session.version, session.variant) == (8, uuid.RFC_4122)
        assert event["v"] == 2
    for line in telemetry.deliveries:
        assert re.fullmatch(r"[0-9a-f]{16}", line["x-edge-request-id"])
        assert re.fullmatch(r"[0-9a-f]{32}|-", line["x-trace-id"])
        (cmcd,) = urllib.parse.parse_qs(line["cs-uri-query"])["CMCD"]
        assert f'sid="{line["cmcd-session-id"]}"' in cmcd.split(",")
    for span in telemetry.spans:
        assert re.fullmatch(r"[0-9a-f]{32}", span["traceId"])
        assert re.fullmatch(r"[0-9a-f]{16}", span["spanId"])


def test_each_session_tells_its_story_in_order(telemetry):
    stories = collections.defaultdict(list)
    for event in telemetry.events:
        stories[event["sid"]].append(event)
    assert len(stories) > 50
    for story in stories.values():
        assert [event["sn"] for event in story] == list(range(len(story)))
        assert (story[0]["e"], story[0]["sta"]) == ("ps", "s")
        starts = [event for event in story if event["ratchet-event"] == "start"]
        assert len(starts) <= 1
        for start in starts:
            assert abs(start["ts"] - story[0]["ts"] - start["msd"]) <= 1
        assert all(event["sta"] not in "efq" for event in story[:-1])
    # 19:00 of the first day of the epoch, and two minutes from there.
    assert all(68_400_000 <= event["ts"] <= 68_520_000 for event in telemetry.events)


def test_the_same_run_tells_the_same_and_replaces_nothing(telemetry):
    path = telemetry.folder.parents[1]
    ratchet("run", "model.yaml", "--telemetry", "again", "--quiet", cwd=path)
    for file in telemetry.folder.iterdir():
        assert (path / "again" / file.name).read_bytes() == file.read_bytes()
    refused = ratchet("run", "model.yaml", "--telemetry", "again", cwd=path, check=False)
    assert refused.returncode == 2
    assert "again/player-events.jsonl is there already and is left as it is" in refused.stderr
