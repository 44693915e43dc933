"""Holds what `convlab mistakes` says about PyTorch to PyTorch itself.

Every mistake comes as JSON with its code: the setup, the ways of writing it, and for each way what
a few expressions give. Here that same code runs, message for message and number for number. The
program must be built (npm run build).
"""

import json
import subprocess
import sys
from pathlib import Path

import torch

ROOT = Path(__file__).parents[2]


def convlab(*args):
    command = ["node", str(ROOT / "bin" / "convlab.js"), *args, "--lang", "en", "--json"]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)


def run(setup, code):
    """The names that the code leaves, and PyTorch's message if it stops it."""
    names = {}
    exec(setup, names)
    try:
        exec(code, names)
    except RuntimeError as error:
        return names, str(error)
    return names, None


def agrees(expected, actual):
    """Whole numbers and shapes exactly; others within 1e-6 + 1e-5 * the largest."""
    kind = expected["kind"]
    if kind in ("shape", "count"):
        return actual == expected[{"shape": "shape", "count": "value"}[kind]]
    values = expected["values"] if kind == "values" else [expected["value"]]
    actual = actual if kind == "values" else [actual]
    allowed = 1e-6 + 1e-5 * max(map(abs, values))
    return len(actual) == len(values) and all(
        abs(a - b) <= allowed for a, b in zip(actual, values)
    )


def differences(mistake):
    claims = mistake["claims"]
    for way, code in enumerate(way["code"] for way in mistake["ways"]):
        names, message = run(mistake["setup"], code)
        claimed = [claim["results"][way] for claim in claims]
        if message and not any(result["kind"] == "error" for result in claimed):
            yield f"way {way} raises: {message}"
        for claim, result in zip(claims, claimed):
            where = f"way {way}, {claim['python']}"
            if result["kind"] == "error":
                if message != result["message"]:
                    yield f"{where}: said to raise {result['message']!r}, raised {message!r}"
                continue
            try:
                actual = eval(claim["python"], names)
            except NameError as error:  # an earlier line raised, and nothing was claimed of it
                yield f"{where}: {error}"
                continue
            if not agrees(result, actual):
                yield f"{where}: said to be {result}, is {actual}"


def main():
    names = [each["name"] for each in convlab("mistakes")["mistakes"]]
    wrong = 0
    claims = 0
    for name in names:
        mistake = convlab("mistakes", name)
        claims += len(mistake["claims"]) * len(mistake["ways"])
        for difference in differences(mistake):
            wrong += 1
            print(f"{name}: {difference}", file=sys.stderr)
    print(f"torch {torch.__version__}: {len(names)} mistakes, {claims} claims, {wrong} wrong")
    return 1 if wrong or not names else 0


if __name__ == "__main__":
    sys.exit(main())
