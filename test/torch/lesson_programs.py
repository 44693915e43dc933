"""Runs the PyTorch programs that lessons show and writes what they print to
fixtures/lesson-programs.json; --check compares with that file instead.

A lesson's programs are its python fences, which leave out their imports, and what its commands with
--torch write. convlab must be built (npm run build). The suite holds the recorded programs against
those of today, and what lessons say of them against what they printed.
"""

import json
import re
import subprocess
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import torch
from torch import nn

from make_fixtures import FIXTURES, report, write

ROOT = Path(__file__).parents[2]


def convlab(line):
    command = ["node", str(ROOT / "bin" / "convlab.js"), *line.split(), "--lang", "en"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def programs(markdown):
    """What stands for each program in the lesson, and the program itself."""
    for kind, text in re.findall(r"^```(\w+)\n(.*?)\n```$", markdown, re.MULTILINE | re.DOTALL):
        if kind == "python":
            yield "python", text + "\n"
        elif kind == "convlab":
            for line in text.splitlines():
                if "--torch" in line:
                    yield line, convlab(line)


def printed(program):
    with redirect_stdout(StringIO()) as output:
        exec(program, {"__name__": "program", "torch": torch, "nn": nn})
    return output.getvalue().splitlines()


def document():
    cases = [
        {"lesson": path.parent.name, "from": source, "program": text, "printed": printed(text)}
        for path in sorted(ROOT.glob("lessons/*/lesson.en.md"))
        for source, text in programs(path.read_text())
    ]
    return {"torch": torch.__version__, "cases": cases}


def differences(expected, actual):
    key = lambda each: (each["lesson"], each["from"])
    if list(map(key, expected["cases"])) != list(map(key, actual["cases"])):
        yield "the lessons show other programs now"
        return
    for old, new in zip(expected["cases"], actual["cases"]):
        for what in ("program", "printed"):
            if old[what] != new[what]:
                yield f"{new['lesson']}, {new['from']}: {what} is now {new[what]!r}"


def main(check):
    torch.set_num_threads(1)
    path = FIXTURES / "lesson-programs.json"
    fixture = document()
    if not check:
        write(path, fixture)
        return 0
    return report(differences(json.loads(path.read_text()), fixture))


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
