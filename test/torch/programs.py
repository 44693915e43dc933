"""Runs the PyTorch programs of a folder and holds them against convlab's own trace.

NAME.py is what `convlab ... --torch` wrote, NAME.json what `convlab ... --json --values` wrote for
the same arguments. The programs print every step's name, shape and first value, and define x, layer
and output.
Prints a line a program, in the order of their names: "ok", or the first thing that differs.
"""

import json
import re
import sys
import warnings
from contextlib import redirect_stdout
from io import StringIO
from math import isnan
from pathlib import Path

import numpy as np
import torch


def numbers(entry):
    """A JSON entry's values: numbers, or "NaN" and "Infinity", as float32 of its shape."""
    return np.array([float(value) for value in entry["values"]], "f4").reshape(entry["shape"])


def same_bits(theirs, ours):
    return theirs.shape == ours.shape and theirs.tobytes() == ours.tobytes()


def deviations(steps):
    """Where a trace says another std than x.std() of its values, or None."""
    for step in steps:
        x = torch.from_numpy(numbers(step))
        theirs, ours = x.std().item(), float(step["stats"]["std"])
        # x.std() is float32, and so is the mean that it begins with
        agrees = isnan(theirs) if isnan(ours) else abs(theirs - ours) <= 1e-6 * x.abs().max()
        if not agrees:
            return f"{step['id']}: std is {ours}, in PyTorch {theirs}"
    return None


def difference(program, trace):
    """What is different about one program, or None."""
    names = {"__name__": "program"}
    with redirect_stdout(StringIO()) as printed:
        exec(program, names)
    steps = trace["steps"]
    if wrong := deviations(steps):
        return wrong

    shown = re.findall(r"^(\S+?) *(\[.*\]) +(\S+)$", printed.getvalue(), re.MULTILINE)
    stated = [(step["id"], str(step["shape"])) for step in steps]
    if [(name, shape) for name, shape, _ in shown] != stated:
        return f"the program prints {shown}, the trace has {stated}"
    for (name, _, first), step in zip(shown, steps):
        values = numbers(step)
        rounding = 0.5e-4 + 1e-6 + 1e-5 * np.abs(values).max()
        if not np.isclose(float(first), values.flat[0], rtol=0, atol=rounding, equal_nan=True):
            return f"the program prints {name} {first}, the trace has {values.flat[0]}"
    if not same_bits(names["x"].numpy(), numbers(steps[0])):
        return "x differs"

    # a trace has float32 alone; PyTorch counts batches (num_batches_tracked) in whole numbers
    theirs = {name: value.float().numpy() for name, value in names["layer"].state_dict().items()}
    ours = {each["name"]: numbers(each) for each in trace["parameters"]}
    if theirs.keys() != ours.keys():
        return f"state_dict has {list(theirs)}, the trace {list(ours)}"
    for name, value in ours.items():
        if not same_bits(theirs[name], value):
            return f"{name} differs"

    y, z = names["output"].detach().numpy(), numbers(steps[-1])
    if y.shape != z.shape:
        return f"output is {y.shape}, in the trace {z.shape}"
    error, allowed = np.abs(y - z).max(), 1e-6 + 1e-5 * np.abs(y).max()
    return None if error <= allowed else f"output differs by {error:.3g}, allowed {allowed:.3g}"


def answer(path):
    # -0 is a float as well: as a whole number it would lose its sign
    trace = json.loads(path.with_suffix(".json").read_text(), parse_int=number)
    try:
        return difference(path.read_text(), trace) or "ok"
    except Exception as error:
        return f"{type(error).__name__}: {error}".splitlines()[0]


def number(text):
    return -0.0 if text == "-0" else int(text)


def main(folder):
    warnings.filterwarnings("ignore", "Using padding='same' with even kernel")
    warnings.filterwarnings("ignore", r"std\(\): degrees of freedom")  # of one value it is nan
    for path in sorted(Path(folder).glob("*.py")):
        print(answer(path), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
