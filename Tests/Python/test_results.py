"""What a campaign leaves behind opens in pandas, conserves requests, and is the same in both builds."""

import json
import pathlib
import sqlite3

import pandas as pd
import pytest

from conftest import DEBUG, RELEASE, ROOT, ratchet

CAMPAIGN = """\
campaign: small
model: model.yaml
scenario: scenario.yaml
variants:
  protected: {}
  bare: {set: {services.front.dependencies.back.bulkhead: none, services.front.dependencies.back.fallback: none}}
outcomes: [availability(users) during faults, latency-p99(users), recovery(users)]
replications: 6
"""
MODEL = """\
model: small
time: {warmup: 5s, horizon: 60s}
workloads:
  users: {arrivals: poisson(50/s), call: front.get}
services:
  front:
    replicas: 2
    pool: {threads: 10, queue: 5}
    dependencies:
      back:
        call: back.get
        timeout: 500ms
        retry: {attempts: 2, backoff: 50ms}
        breaker: {window: 20 calls, minimum: 10 calls, open: 5s}
        bulkhead: {threads: 3, queue: 2}
        fallback: {returns: nothing, takes: 1ms}
    endpoints:
      get: [work: lognormal(p50=2ms p99=20ms), call: back]
  back:
    pool: {threads: 8, queue: unbounded}
    endpoints:
      get: [work: exponential(mean=10ms)]
"""
SCENARIO = """\
scenario: hang
model: model.yaml
faults:
  stuck: {at: 20s, for: 15s, inject: hang, target: back}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("campaign")
    for name, text in [("campaign", CAMPAIGN), ("model", MODEL), ("scenario", SCENARIO)]:
        (path / f"{name}.yaml").write_text(text)
    ratchet("campaign", "campaign.yaml", "--quiet", "--csv", "csv", cwd=path)
    return path


def test_the_result_store_opens_in_pandas_and_conserves_requests(folder):
    with sqlite3.connect(folder / "ratchet.sqlite") as store:
        outcomes = pd.read_sql("SELECT * FROM outcome", store)
        replications = pd.read_sql("SELECT * FROM replication", store)
        failures = pd.read_sql("SELECT * FROM failure", store)
    assert len(replications) == 2 * 6
    ends = outcomes[["success", "degraded", "failed", "in_flight"]].sum(axis=1)
    assert (outcomes["arrivals"] == ends).all()
    assert failures["count"].sum() == outcomes["failed"].sum() > 0


def test_every_column_of_the_csv_files_is_in_the_data_dictionary(folder):
    dictionary = (ROOT / "notebooks-data" / "README.md").read_text()
    files = sorted((folder / "csv").glob("*.csv"))
    assert files
    for file in files:
        assert file.name in dictionary
        table = pd.read_csv(file)
        # The campaign has no sessions, and no scenario that expects anything.
        assert len(table) > 0 or file.name in ("sessions.csv", "cdns.csv", "expectations.csv")
        for column in table.columns:
            assert f"`{column}`" in dictionary, f"{file.name}: {column}"


@pytest.mark.skipif(not DEBUG.exists(), reason="no debug build")
def test_debug_and_release_builds_give_the_same_bits(folder):
    outputs = {
        binary: ratchet("run", "scenario.yaml", "--seed", 7, "--format", "json", binary=binary, cwd=folder).stdout
        for binary in (DEBUG, RELEASE)
    }
    assert outputs[DEBUG] == outputs[RELEASE]
    assert json.loads(outputs[DEBUG])["fingerprint"]
