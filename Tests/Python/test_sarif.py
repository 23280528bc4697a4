"""What `check` writes as SARIF has what SARIF 2.1.0 requires (OASIS, 2020), by a schema of the parts that are used."""

import json

import jsonschema

from conftest import ratchet

MODEL = """\
model: small
time: {warmup: 1s, horizon: 20s}
workloads:
  users: {arrivals: poisson(50/s), call: front.get}
services:
  front:
    pool: {threads: 10}
    endpoints:
      get: [work: 2ms]
"""
SCENARIO = """\
scenario: breaks
model: model.yaml
faults:
  down: {at: 5s, for: 10s, inject: unavailable, target: front}
expect:
  stays-up: {that: availability(users) >= 99%, during: faults}
  goes-down: {that: availability(users) <= 1%, during: faults}
sabotage:
  more: {set: {services.front.pool.threads: 20}, refutes: [goes-down]}
"""
TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
# Sections 3.13, 3.14, 3.18, 3.19, 3.27, 3.28, 3.29, 3.30 and 3.49 of the standard.
SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/run"}},
    },
    "$defs": {
        "run": {
            "type": "object",
            "required": ["tool", "results"],
            "properties": {
                "tool": {
                    "type": "object",
                    "required": ["driver"],
                    "properties": {"driver": {"$ref": "#/$defs/driver"}},
                },
                "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                "invocations": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["executionSuccessful"],
                        "properties": {"executionSuccessful": {"type": "boolean"}},
                    },
                },
                "results": {"type": "array", "items": {"$ref": "#/$defs/result"}},
            },
        },
        "driver": {
            "type": "object",
            "required": ["name"],
            "properties": {
                "name": {"type": "string", "minLength": 1},
                "rules": {
                    "type": "array",
                    "uniqueItems": True,
                    "items": {
                        "type": "object",
                        "required": ["id"],
                        "properties": {"id": {"type": "string"}, "shortDescription": TEXT},
                    },
                },
            },
        },
        "result": {
            "type": "object",
            "required": ["message"],
            "properties": {
                "message": TEXT,
                "level": {"enum": ["none", "note", "warning", "error"]},
                "ruleIndex": {"type": "integer", "minimum": -1},
                "locations": {"type": "array", "items": {"$ref": "#/$defs/location"}},
                "partialFingerprints": {"type": "object", "additionalProperties": {"type": "string"}},
            },
        },
        "location": {
            "type": "object",
            "properties": {
                "physicalLocation": {
                    "type": "object",
                    "required": ["artifactLocation"],
                    "properties": {
                        "artifactLocation": {
                            "type": "object",
                            "properties": {"uri": {"type": "string", "format": "uri-reference"}},
                        },
                        "region": {
                            "type": "object",
                            "properties": {
                                "startLine": {"type": "integer", "minimum": 1},
                                "startColumn": {"type": "integer", "minimum": 1},
                            },
                        },
                    },
                }
            },
        },
    },
}


def log(folder, scenario, status):
    (folder / "model.yaml").write_text(MODEL)
    (folder / "a scenario.yaml").write_text(scenario)
    done = ratchet("check", "a scenario.yaml", "--quiet", "--sarif", "check.sarif", cwd=folder, check=False)
    assert done.returncode == status, done.stderr
    written = json.loads((folder / "check.sarif").read_text())
    jsonschema.Draft202012Validator(SARIF).validate(written)
    results = written["runs"][0]["results"]
    return [(r["ruleId"], r["locations"][0]["physicalLocation"]) for r in results]


def place(line, column):
    return {"artifactLocation": {"uri": "a%20scenario.yaml"}, "region": {"startLine": line, "startColumn": column}}


def test_a_check_has_the_required_properties(tmp_path):
    assert log(tmp_path, SCENARIO, 1) == [
        ("hypothesis-refuted", place(6, 3)),
        ("sabotage-without-effect", place(9, 3)),
    ]


def test_an_invalid_file_too(tmp_path):
    assert log(tmp_path, SCENARIO.replace("target: front", "target: frnt"), 2) == [("unknown-service", place(4, 57))]


def test_a_check_that_holds_has_no_results(tmp_path):
    holds = SCENARIO.split("sabotage:")[0].replace("availability(users) >= 99%", "availability(users) <= 50%")
    assert log(tmp_path, holds, 0) == []
