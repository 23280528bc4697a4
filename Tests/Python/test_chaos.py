"""The gallery of models/chaos, with the release binary: every hypothesis decided, every sabotage turns what it should."""

import json
import os
import time

import pytest

from conftest import ROOT, load_yaml_1_2, ratchet

GALLERY = ROOT / "models" / "chaos"
SCENARIOS = sorted(GALLERY.glob("*.yaml"))


@pytest.fixture(scope="module")
def check(tmp_path_factory):
    """What `ratchet check` says of the gallery, its exit code, and the seconds that it took on two cores."""
    begun = time.monotonic()
    done = ratchet(
        "check", GALLERY, "--quiet", "--jobs", min(2, os.cpu_count()), "--format", "json",
        cwd=tmp_path_factory.mktemp("check"), check=False)
    return json.loads(done.stdout), done, time.monotonic() - begun


def test_there_are_at_least_fourteen_scenarios_each_with_a_paragraph_and_a_sabotage():
    assert len(SCENARIOS) >= 14
    for path in SCENARIOS:
        scenario = load_yaml_1_2(path.read_text())
        assert scenario["scenario"] == path.stem
        assert len(scenario["description"].split()) > 30, path.name
        assert scenario["faults"] and scenario["expect"] and scenario["sabotage"], path.name


def test_all_is_as_it_should_be_within_five_minutes(check):
    report, done, seconds = check
    assert done.returncode == 0, done.stdout + done.stderr
    assert report["verdict"] == "supported" and report["findings"] == [] and report["notRun"] == 0
    assert seconds < 300


def test_every_scenario_is_decided_and_every_sabotage_turns(check):
    report, _, _ = check
    assert {scenario["scenario"] for scenario in report["scenarios"]} == {path.stem for path in SCENARIOS}
    for scenario in report["scenarios"]:
        name = scenario["scenario"]
        verdicts = {key: value["verdict"] for key, value in scenario["hypotheses"].items()}
        assert set(verdicts.values()) == {"supported"}, f"{name}: {verdicts}"
        assert scenario["sabotages"] and scenario["skippedSabotages"] == [], name
        for sabotage, result in scenario["sabotages"].items():
            verdicts = {key: value["verdict"] for key, value in result["hypotheses"].items()}
            assert result["turned"] and set(verdicts.values()) == {"refuted"}, f"{name}, {sabotage}: {verdicts}"
            assert set(verdicts) <= set(scenario["hypotheses"]), name


def test_every_system_is_used(check):
    used = {load_yaml_1_2(path.read_text())["model"] for path in SCENARIOS}
    assert used == {str(path.relative_to(GALLERY)) for path in (GALLERY / "systems").glob("*.yaml")}


def test_the_page_names_every_scenario():
    text = (GALLERY / "README.md").read_text()
    assert [path.name for path in SCENARIOS if f"({path.name})" not in text] == []
