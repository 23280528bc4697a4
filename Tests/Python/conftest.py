"""What the Python checks share: the built binaries and the shipped models."""

import json
import pathlib
import subprocess

import pytest
from ruamel.yaml import YAML

ROOT = pathlib.Path(__file__).resolve().parents[2]
RELEASE = ROOT / ".build" / "release" / "ratchet"
DEBUG = ROOT / ".build" / "debug" / "ratchet"


def is_part(path):
    """Whether a file is only a part of a model, for others to include."""
    keys = ("model:", "scenario:", "campaign:")
    return not any(line.startswith(keys) for line in path.read_text().splitlines())


MODELS = sorted(path for path in (ROOT / "models").rglob("*.yaml") if not is_part(path))


def ratchet(*arguments, binary=RELEASE, cwd=ROOT, check=True):
    """Runs ratchet and returns the completed process, whose output is text."""
    command = [str(binary), *map(str, arguments)]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=300)
    if check:
        assert done.returncode == 0, f"{command} exited with {done.returncode}:\n{done.stderr}"
    return done


def load_yaml_1_2(text):
    """The text as a YAML 1.2 core loader reads it, where `no` is a word and `19:00` a string."""
    loader = YAML(typ="safe", pure=True)
    loader.version = (1, 2)
    return loader.load(text)


@pytest.fixture(scope="session")
def schema():
    return json.loads(ratchet("schema").stdout)
