"""Runs the PyTorch programs of experiments and holds them against convlab and the reference.

NAME.py is what `convlab experiment NAME --torch` wrote. Its images must have the checksums of
test/training/reference.fixture.json. Where there is a NAME.json, which `convlab experiment`
saved for the same models and seeds, the program is run alone and by two processes: both must give
the same figures, and each seed's must be convlab's within the tolerance of its kind. The files that
they save must have convlab's fields, in its order, with attention that starts as convlab's does.
numbers.json holds numbers as convlab writes them, and the programs must write them so.
Prints a line a program, in the order of their names: "ok", or the first thing that differs.
"""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import torch

REFERENCE = Path(__file__).parent.parent / "training" / "reference.fixture.json"

# how far two correct engines may part in one seed: rounding decides some early steps
TOLERANCE = {"accuracy": 0.02, "R2": 0.005}


def sha1(tensor):
    return hashlib.sha1(tensor.contiguous().numpy().tobytes()).hexdigest()


def check_images(program, name):
    names = {"__name__": "program"}
    exec(program.read_text(), names)
    rows = [row for row in json.loads(REFERENCE.read_text())["data"] if row["set"].split()[0] == name]
    for row in rows:
        words, offset = row["set"].split(), row["seed"] - names["seed_of"](0, 0)
        part = "train" if "train" in words else "test"
        data = names["TRAIN"] if part == "train" else next(
            data for _, data, its in names["TESTS"].values() if its == offset)
        change = {"cue": False} if "nocue" in words else {}
        images, targets, _ = names["draw"](part, row["seed"], names["SIZE"], **{**data, **change})
        if sha1(targets if words[-1] == "y" else images) != row["sha1"]:
            return f"the images of {row['set']} differ"
        if row.get("labels") and targets.dtype == torch.int64:
            if not sha1(targets.int()).startswith(row["labels"]):
                return f"the labels of {row['set']} differ"
    return None if rows else "the reference has no images of it"


def run(program, processes):
    saved = program.with_suffix(f".{processes}.json")
    spread = ["-m", "torch.distributed.run", "--standalone", "--nproc-per-node", str(processes)]
    command = [sys.executable, *(spread if processes > 1 else []), str(program), "--device", "cpu"]
    done = subprocess.run([*command, "--save", str(saved)], capture_output=True, text=True)
    if done.returncode:
        errors = [line for line in done.stderr.splitlines() if "Error" in line]
        raise RuntimeError(f"{processes} processes: {' | '.join(errors) or done.stderr}")
    return done.stdout, saved.read_text()


def check_figures(program, ours):
    alone, together = run(program, 1), run(program, 2)
    if alone != together:
        return "two processes give other figures than one"
    theirs = json.loads(alone[1])
    if different := next(differences(theirs, ours), None):
        return f"its file is not convlab's: {different}"
    if list(theirs["models"]) != list(ours["models"]):
        return f"it trains {list(theirs['models'])}, convlab {list(ours['models'])}"
    for name, model in ours["models"].items():
        for key in ["parameters", "multiplyAdds", "seeds"]:
            if theirs["models"][name][key] != model[key]:
                return f"{name}: {key} is {theirs['models'][name][key]}, convlab's is {model[key]}"
        for seed, one, other in zip(model["seeds"], theirs["models"][name]["perSeed"], model["perSeed"]):
            if abs(one - other) > TOLERANCE[ours["metric"]]:
                return f"{name} seed {seed}: {one}, convlab has {other}"
    questions = [[(each["id"], each["test"]) for each in study["comparisons"]] for study in (theirs, ours)]
    if questions[0] != questions[1]:
        return f"it answers {questions[0]}, convlab {questions[1]}"


def differences(theirs, ours, place="", exact=False):
    """Where the forms of two files differ: fields, their order, and what is decided before training."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        # what else trained it; and how many seeds an unclear verdict needs is for verdicts to say
        left = [[key for key in each if key not in ("engine", "seedsNeeded")] for each in (theirs, ours)]
        if left[0] != left[1]:
            yield f"{place} has {left[0]}, expected {left[1]}"
            return
        for key in left[1]:
            yield from differences(theirs[key], ours[key], f"{place}.{key}", exact)
    elif isinstance(ours, list) and isinstance(theirs, list):
        if len(theirs) != len(ours) and not place.endswith(".collapsed"):
            yield f"{place} has {len(theirs)} items, expected {len(ours)}"
            return
        for at, (one, other) in enumerate(zip(theirs, ours)):
            # the first entropy is that of the initial values, which are the same
            yield from differences(one, other, f"{place}[{at}]", place.endswith(".entropy") and at == 0)
    elif type(theirs) is not type(ours) and not {type(theirs), type(ours)} <= {int, float}:
        yield f"{place} is {theirs!r}, expected something like {ours!r}"
    elif exact and abs(theirs - ours) > 1e-5:
        yield f"{place} is {theirs!r}, expected {ours!r}"
    elif place.endswith((".images", ".widths", ".convlab")) and theirs != ours:
        yield f"{place} is {theirs!r}, expected {ours!r}"


def check_numbers(program, text):
    names = {"__name__": "program"}
    exec(program.read_text(), names)
    written = names["written"](json.loads(text, parse_int=float))
    return None if written == text else f"it writes {written}, convlab {text}"


def answer(program):
    saved = program.with_suffix(".json")
    try:
        wrong = check_images(program, program.stem)
        wrong = wrong or check_numbers(program, (program.parent / "numbers.json").read_text())
        if not wrong and saved.exists():
            wrong = check_figures(program, json.loads(saved.read_text()))
        return wrong or "ok"
    except Exception as error:
        return f"{type(error).__name__}: {error}".strip().splitlines()[-1]


def main(folder):
    for program in sorted(Path(folder).glob("*.py")):
        print(answer(program), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
