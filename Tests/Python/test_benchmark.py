"""The benchmark's rows come from the same work: its checks hold, and its JSON has the keys that scripts read."""

import json
import os
import subprocess

import pytest

from conftest import ROOT

BENCH = ROOT / ".build" / "release" / "ratchet-bench"
WORKLOADS = {
    "mm1", "mm16", "closed", "chain", "hand-written", "guarded", "overloaded", "overloaded-hand-written", "scaled",
    "in-flight", "vod", "replications", "replications-on-one-core",
}
WITHOUT_EVENTS = {"hand-written", "overloaded-hand-written"}


def bench(*arguments, cwd=ROOT, environment=None):
    return subprocess.run(
        [str(BENCH), *arguments], cwd=cwd, capture_output=True, text=True, timeout=300,
        env=None if environment is None else {**os.environ, **environment})


@pytest.fixture(scope="module")
def report():
    done = bench("--runs", "2", "--requests", "500000", "--json")
    assert done.returncode == 0, done.stderr + done.stdout
    return json.loads(done.stdout)


def row(report, name):
    return next(workload for workload in report["workloads"] if workload["name"] == name)


def test_all_workloads_are_measured(report):
    assert {workload["name"] for workload in report["workloads"]} == WORKLOADS
    for workload in report["workloads"]:
        # Vod's arrivals have a horizon of their own.
        assert workload["requests"] == pytest.approx(500_000, rel=0.2 if workload["name"] == "vod" else 0.02)
        rate = workload["requestsPerSecond"]
        assert 0 < rate["least"] <= rate["median"] <= rate["greatest"]
        assert ("eventsPerSecond" in workload) == (workload["name"] not in WITHOUT_EVENTS)
        assert ("nanosecondsPerEvent" in workload) == (workload["name"] not in WITHOUT_EVENTS)


def test_a_customer_takes_two_events_and_a_request_of_the_chain_four(report):
    # An arrival, and the end of the work at each tier. Timeouts hardly ever reach the calendar; the timeline's bins do.
    for name, events in (("mm1", 2), ("mm16", 2), ("chain", 4)):
        workload = row(report, name)
        ratio = workload["eventsPerSecond"]["median"] / workload["requestsPerSecond"]["median"]
        assert ratio == pytest.approx(events, rel=0.03)


def test_the_hand_written_loop_answers_as_the_engine_does(report):
    held = {check["name"]: check["holds"] for check in report["checks"]}
    assert held == {
        "mm1-mean": True, "hand-written-answers": True, "overloaded-hand-written-answers": True,
        "replications-identical": True,
    }


def test_memory_is_small_and_handling_events_allocates_nothing(report):
    for workload in report["workloads"]:
        # Half a million requests in flight, 500 B each and no more.
        most = 250e6 if workload["name"] == "in-flight" else 50e6
        assert 5e6 < workload["peakResidentBytes"] < most, workload["name"]
        # In-flight grows all through so short a run.
        if "allocationsPerEvent" in workload and workload["name"] != "in-flight":
            # The edges of vod's fault put the calls in order that it has held.
            most = 1e-4 if workload["name"] == "vod" else 0
            assert workload["allocationsPerEvent"] <= most, workload["name"]
    assert "allocationsPerEvent" in row(report, "chain")


def test_targets_tell_what_they_compare(report):
    targets = {target["name"]: target for target in report["targets"]}
    ratio = targets["chain-to-hand-written"]
    chain, loop = row(report, "chain"), row(report, "hand-written")
    assert ratio["value"] == pytest.approx(
        chain["requestsPerSecond"]["median"] / loop["requestsPerSecond"]["median"])
    assert ratio["isReached"] == (ratio["value"] >= ratio["atLeast"])
    # Neither SimPy nor the full number of customers was asked for.
    for name in ("chain-to-simpy", "mm1-to-simpy", "replications-seconds"):
        assert "value" not in targets[name] and "isReached" not in targets[name]


def test_simpy_simulates_the_same(tmp_path):
    before = set(tmp_path.iterdir())
    done = bench(
        "--peers", "--only", "mm1", "chain", "--requests", "60000", "--runs", "1", "--json",
        environment={"TMPDIR": str(tmp_path)})
    assert done.returncode == 0, done.stderr + done.stdout
    report = json.loads(done.stdout)
    names = {check["name"] for check in report["checks"]}
    assert {"simpy-mm1-mean-customers", "simpy-chain-mean-w", "simpy-chain-mean-c-wait"} <= names
    assert all(check["holds"] for check in report["checks"])
    assert row(report, "simpy-chain")["requests"] == 30_000
    # The virtual environment is gone.
    assert set(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    "environment, message",
    [
        ({"PATH": "/nowhere"}, "--peers needs Python 3.8 or later, and there is no python3"),
        (
            {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "0", "PIP_CONFIG_FILE": os.devnull},
            "could not install simpy 4.1.1 from the Python Package Index",
        ),
    ],
)
def test_a_missing_peer_is_told(environment, message, tmp_path):
    done = bench("--peers", "--only", "mm1", "--requests", "1000", environment={**environment, "TMPDIR": str(tmp_path)})
    assert done.returncode == 1
    assert message in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_vod_needs_the_folder_of_the_repository(tmp_path):
    done = bench("--only", "vod", cwd=tmp_path)
    assert done.returncode == 1
    assert "there is no models/vod/scenarios/viewing-history-hangs.yaml here" in done.stderr


def test_the_calendar_keeps_the_order_of_a_sorted_list():
    done = bench("--verify-calendar")
    assert done.returncode == 0, done.stdout
    assert done.stdout.startswith("10000000 random operations")


def test_calendars_are_compared():
    done = bench("--calendars", "--runs", "1", "--json")
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)
    assert {row["pending"] for row in rows if row["workload"] == "hold"} == {3, 10, 1000, 10_000, 100_000, 1_000_000}
    assert all(0 < row["nanoseconds"] < 1e5 for row in rows)


def test_an_unknown_workload_is_told():
    done = bench("--only", "mm2")
    assert done.returncode == 64
    assert "replications-on-one-core" in done.stderr
