"""Writes fixtures/static.json and so on, one for every layer; --check compares with them instead.

Inputs and parameters must agree bit for bit, the other steps within 1e-6 + 1e-5 * max|y|:
PyTorch promises no more across processors. Exit status 1, and a line each, on differences.
"""

import base64
import json
import sys
import warnings
from pathlib import Path

import numpy as np
import torch

import layers
from configurations import CONDCONV, DYNAMIC, ODCONV, STATIC

FIXTURES = Path(__file__).parent / "fixtures"
VIEWS_OF_PARAMETERS = {"weight", "bias", "experts"}  # their values stand under "parameters"


def packed(tensor):
    values = tensor.detach().contiguous().numpy().astype("<f4", copy=False)
    return base64.b64encode(values.tobytes()).decode()


def unpacked(text):
    return np.frombuffer(base64.b64decode(text), "<f4")


def parameter_entry(name, tensor):
    return {"name": name, "shape": list(tensor.shape), "data": packed(tensor)}


def step_entry(name, tensor):
    entry = {"id": name, "shape": list(tensor.shape)}
    return entry if name in VIEWS_OF_PARAMETERS else {**entry, "data": packed(tensor)}


def case(config):
    run = getattr(layers, config["layer"])(config)
    return {
        "config": config,
        "parameters": [parameter_entry(*each) for each in run.parameters],
        "steps": [step_entry(*each) for each in run.steps],
    }


def document(configs):
    return {
        "torch": torch.__version__,
        "capability": torch.backends.cpu.get_cpu_capability(),
        "cases": [case(config) for config in configs],
    }


def write(path, fixture):
    """A case a line: a change to one shows as one line in a diff."""
    path.write_text("{\n" + ",\n".join(map(member, fixture.items())) + "\n}\n")


def member(item):
    name, value = item
    if not isinstance(value, list):
        return f"{json.dumps(name)}: {json.dumps(value)}"
    lines = ",\n".join(json.dumps(each, separators=(",", ":")) for each in value)
    return f"{json.dumps(name)}: [\n{lines}\n]"


def difference(expected, actual, exact):
    """What is different about one tensor, or None."""
    if expected["shape"] != actual["shape"]:
        return f"shape {expected['shape']} is now {actual['shape']}"
    if expected.get("data") == actual.get("data"):
        return None
    y, z = unpacked(expected["data"]), unpacked(actual["data"])
    if exact:
        return f"{np.count_nonzero(y.view('u4') != z.view('u4'))} of {y.size} values differ"
    error, allowed = np.abs(y - z).max(), 1e-6 + 1e-5 * np.abs(y).max()
    return None if error <= allowed else f"differs by {error:.3g}, allowed {allowed:.3g}"


def differences(expected, actual):
    if len(expected["cases"]) != len(actual["cases"]):
        yield f"{len(expected['cases'])} cases are now {len(actual['cases'])}"
        return
    for number, (old, new) in enumerate(zip(expected["cases"], actual["cases"])):
        where = f"{new['config']['layer']} case {number}"
        if old["config"] != new["config"]:
            yield f"{where}: config {old['config']} is now {new['config']}"
            continue
        for kind, key in (("parameters", "name"), ("steps", "id")):
            if [each[key] for each in old[kind]] != [each[key] for each in new[kind]]:
                yield f"{where}: the {kind} are not the same ones"
                continue
            for before, after in zip(old[kind], new[kind]):
                exact = kind == "parameters" or before[key] == "input"
                if found := difference(before, after, exact):
                    yield f"{where}: {before[key]}: {found}"


def report(lines):
    """Prints the differences; returns the exit status."""
    lines = list(lines)
    for line in lines:
        print(line)
    return 1 if lines else 0


def main(check):
    torch.set_num_threads(1)
    warnings.filterwarnings("ignore", "Using padding='same' with even kernel")
    found = []
    tables = {"static": STATIC, "dynamic": DYNAMIC, "condconv": CONDCONV, "odconv": ODCONV}
    for name, configs in tables.items():
        path = FIXTURES / f"{name}.json"
        fixture = document(configs)
        if check:
            found += differences(json.loads(path.read_text()), fixture)
        else:
            write(path, fixture)
    return report(found)


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
