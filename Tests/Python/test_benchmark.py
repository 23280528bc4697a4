"""The benchmark's rows come from the same work: its checks hold, and its JSON has the keys that scripts read."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from conftest import ROOT

BENCH = ROOT / ".build" / "release" / "ratchet-bench"
WORKLOADS = {
    "mm1", "mm16", "closed", "chain", "hand-written", "guarded", "overloaded", "overloaded-hand-written", "scaled",
    "in-flight", "vod", "sessions", "replications", "replications-on-one-core",
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
        # Vod's arrivals have a horizon of their own, and a thousand sessions come at random.
        loose = workload["name"] in ("vod", "sessions")
        assert workload["requests"] == pytest.approx(500_000, rel=0.2 if loose else 0.02)
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


def test_attempts_time_out_at_103_percent_load(report):
    detail = next(check["detail"] for check in report["checks"] if check["name"] == "overloaded-hand-written-answers")
    assert detail.startswith("2 of 2 runs, ")
    assert int(detail.split()[4]) > 10_000


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


def test_short_runs_tell_no_rates(report):
    measured = {target["name"] for target in report["targets"] if "value" in target}
    assert measured == {"vod-megabytes", "allocations-per-event"}
    assert "in-flight-megabytes" in {target["name"] for target in report["targets"]}


def test_the_machine_is_told(report):
    assert report["cores"] >= 1
    if sys.platform == "linux" and "model name" in open("/proc/cpuinfo").read():
        assert report["processor"]


def test_simpy_simulates_the_same(tmp_path):
    before = set(tmp_path.iterdir())
    done = bench(
        "--peers", "--only", "mm1", "chain", "--requests", "1000000", "--runs", "1", "--json",
        environment={"TMPDIR": str(tmp_path)})
    assert done.returncode == 0, done.stderr + done.stdout
    report = json.loads(done.stdout)
    names = {check["name"] for check in report["checks"]}
    assert {"simpy-mm1-mean-customers", "simpy-chain-mean-w", "simpy-chain-mean-c.serve"} <= names
    # So few requests tell their means to 40%.
    assert "simpy-chain-mean-b-wait" not in names
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


def started_with(folder):
    """Processes whose temporary files go to this folder or below, this one's descendants or not."""
    found = []
    for process in os.listdir("/proc"):
        try:
            with open(f"/proc/{process}/environ", "rb") as environ:
                if f"TMPDIR={folder}".encode() in environ.read():
                    found.append(process)
        except (OSError, ValueError):
            continue
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
@pytest.mark.parametrize("number, status", [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
# While the virtual environment is made or SimPy runs, and while a workload does.
@pytest.mark.parametrize("seconds, peers", [(1.5, ["--peers"]), (3, ["--peers"]), (0.5, [])])
def test_an_interruption_leaves_nothing_behind(number, status, seconds, peers, tmp_path):
    running = subprocess.Popen(
        [str(BENCH), *peers, "--only", "mm1", "--runs", "50"], env={**os.environ, "TMPDIR": str(tmp_path)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    time.sleep(seconds)
    # There is none for a moment between one child and the next.
    deadline = time.monotonic() + 10
    while len(started_with(tmp_path)) < 2 or not list(tmp_path.iterdir()):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    running.send_signal(number)
    output, errors = running.communicate(timeout=10)
    assert (running.returncode, output, errors) == (status, "", "")
    assert list(tmp_path.iterdir()) == []
    assert started_with(tmp_path) == []


def test_vod_needs_the_folder_of_the_repository(tmp_path):
    began = time.monotonic()
    done = bench(cwd=tmp_path)
    # Told before anything is measured.
    assert time.monotonic() - began < 1
    assert done.returncode == 1
    assert "there is no models/vod/scenarios/viewing-history-hangs.yaml here" in done.stderr
    assert not done.stderr.endswith("\n\n")


@pytest.mark.parametrize(
    "arguments, message",
    [
        (["--calendars", "--verify-calendar"], "--calendars does nothing with --verify-calendar"),
        (["--calendars", "--peers"], "--peers does nothing with --calendars"),
        (["--calendars", "--only", "mm1"], "--only does nothing with --calendars"),
        (["--verify-calendar", "--json"], "--json does nothing with --verify-calendar"),
        (["--peers", "--only", "vod"], "--peers needs mm1 or chain"),
    ],
)
def test_options_that_would_do_nothing_are_refused(arguments, message):
    done = bench(*arguments)
    assert done.returncode == 64
    assert message in done.stderr


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
