"""The JSON Schema, judged by a validator that is not ours, on files as a YAML 1.2 loader reads them."""

import copy

import jsonschema
import pytest

from conftest import MODELS, ROOT, load_yaml_1_2, ratchet


def validator(schema):
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.mark.parametrize("path", MODELS, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_shipped_file_fits_the_schema_and_is_valid(path, schema):
    errors = list(validator(schema).iter_errors(load_yaml_1_2(path.read_text())))
    assert not errors, errors[0]
    ratchet("validate", path)


def test_the_schema_refuses_what_the_language_refuses(schema):
    good = load_yaml_1_2((ROOT / "models/vod/vod.yaml").read_text())
    judge = validator(schema)
    assert judge.is_valid(good)

    def broken(change):
        model = copy.deepcopy(good)
        change(model)
        return model

    service = lambda model: model["services"]["edge-api"]
    changes = {
        "an unknown key": lambda m: m.update(serivces={}),
        "an unknown key deep down": lambda m: service(m)["pool"].update(treads=3),
        "zero replicas": lambda m: service(m).update(replicas=0),
        "a bare number for a duration": lambda m: m["time"].update(horizon=360),
        "an unknown balancing": lambda m: service(m).update(balancing="sticky"),
        "a list for a pool": lambda m: service(m).update(pool=[100, 50]),
    }
    for name, change in changes.items():
        assert not judge.is_valid(broken(change)), name
