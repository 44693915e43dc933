"""Writes fixtures/deviations.json: what x.std() gives for every step of a few runs of every layer.

Runs of several samples that differ, and of a single value, where PyTorch gives nan. A step of
attention weights has samples besides: the largest standard deviation of one weight over the batch.
--check compares with that file instead; exit status 1, and a line each, on differences.
"""

import json
import sys
import warnings

import torch

import layers
from configurations import condconv, dynamic, odconv, static
from make_fixtures import FIXTURES, report, write

MAKERS = {"static": static, "dynamic": dynamic, "condconv": condconv, "odconv": odconv}
WEIGHTS = ("attention", "routing")  # also as in "kernel-attention"


def runs(make):
    yield make(3, 16, 3, size=32)
    yield make(4, 6, 3, batch=5, input="varied", seed=7)
    yield make(1, 1, 1, padding=0, size=1)
    yield make(1, 1, 1, padding=0, size=1, batch=2, seed=1)


def written(value):
    """JSON has no nan."""
    return "NaN" if value.isnan() else value.item()


def entry(name, tensor):
    about = {"id": name, "std": written(tensor.std())}
    if not name.endswith(WEIGHTS):
        return about
    return {**about, "samples": written(tensor.flatten(1).std(0).max())}


def case(config):
    run = getattr(layers, config["layer"])(config)
    return {"config": config, "steps": [entry(name, x.detach()) for name, x in run.steps]}


def differences(expected, actual):
    if len(expected["cases"]) != len(actual["cases"]):
        yield f"{len(expected['cases'])} cases are now {len(actual['cases'])}"
    for old, new in zip(expected["cases"], actual["cases"]):
        for before, after in zip(old["steps"], new["steps"], strict=True):
            for key, value in before.items():
                if not same(value, after[key]):
                    yield f"{old['config']}: {before['id']}: {key} {value} is now {after[key]}"


def same(a, b):
    if isinstance(a, str) or isinstance(b, str):
        return a == b
    return abs(a - b) <= 1e-6 + 1e-5 * abs(a)


def main(check):
    torch.set_num_threads(1)
    warnings.filterwarnings("ignore", r"std\(\): degrees of freedom")
    configs = [config for make in MAKERS.values() for config in runs(make)]
    path = FIXTURES / "deviations.json"
    fixture = {"torch": torch.__version__, "cases": [case(config) for config in configs]}
    if check:
        return report(differences(json.loads(path.read_text()), fixture))
    write(path, fixture)
    return 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
