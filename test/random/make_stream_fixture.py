"""Writes stream.fixture.json, what PyTorch itself draws; --check compares with it instead.

A call is its name and arguments, the sha256 of the little-endian float32 it drew, and the first
four of those. Exit status 1, and a line each, on differences. The processor needs AVX2 or
AVX-512, and the system is Linux on x86-64: elsewhere PyTorch draws other bits.
"""

import hashlib
import json
import random
import sys
from pathlib import Path

import torch
from torch import nn

FIXTURE = Path(__file__).with_name("stream.fixture.json")


def layer(module):
    return [module.weight, module.bias]


def experts(initialise, shape):
    weight = torch.empty(shape)
    for expert in weight:
        initialise(expert)
    return [weight]


def kaiming_normal_(weight):
    nn.init.kaiming_normal_(weight, mode="fan_out", nonlinearity="relu")


CALLS = {
    "rand": lambda count: [torch.rand(count)],
    "randn": lambda count: [torch.randn(count)],
    "uniform": lambda count, low, high: [torch.empty(count).uniform_(low, high)],
    "normal": lambda count, mean, std: [torch.empty(count).normal_(mean, std)],
    "conv2d": lambda ins, outs, k, groups: layer(nn.Conv2d(ins, outs, k, groups=groups)),
    "linear": lambda ins, outs: layer(nn.Linear(ins, outs)),
    "normal experts": lambda *shape: experts(kaiming_normal_, shape),
    "uniform experts": lambda *shape: experts(
        lambda expert: nn.init.kaiming_uniform_(expert, a=5**0.5), shape
    ),
}

# Small draws leave half a pair for the next small one, across whatever comes between.
MIXED = [
    ["randn", 3], ["randn", 20], ["randn", 5], ["rand", 2], ["randn", 1], ["conv2d", 3, 16, 3, 1],
    ["normal", 7, -2.5, 0.3], ["normal", 33, 1.5, 0.7], ["uniform", 50, -0.3, 2], ["randn", 2],
]  # fmt: skip
LAYERS = [
    ["randn", 3072],
    ["conv2d", 3, 4, 1, 1], ["conv2d", 4, 4, 1, 1], ["uniform experts", 4, 16, 3, 3, 3],
    ["conv2d", 16, 32, 5, 2], ["conv2d", 8, 8, 3, 8], ["linear", 3, 4], ["linear", 64, 10],
    ["normal experts", 4, 4, 3, 1, 1], ["normal experts", 4, 16, 3, 3, 3],
    ["normal experts", 3, 5, 2, 3, 3], ["randn", 1],
]  # fmt: skip
ASYMMETRIC = [
    ["uniform", 20000, 0, 3], ["uniform", 20000, -0.1, 0.2], ["uniform", 20000, 1, 1.0000005],
    ["uniform", 20000, 1e-3, 1e3], ["uniform", 20000, -7, -1e-6], ["uniform", 15, 5, 5],
    ["normal", 20000, 100, 0.01], ["normal", 20000, -1e-3, 3], ["normal", 16, 1, 0],
    ["normal", 20001, 0, 0.1], ["normal", 15, 0.1, 3],
]  # fmt: skip
SIZES = [0, *range(1, 18), 31, 32, 33, 47, 100, 3000, 3072, 100000]
SEEDS = [0, 1, -1, -(2**63), 2**63, 2**32, 2**32 + 5, 2**64 - 1, 2**53 + 1]


def run(seed, calls):
    torch.manual_seed(seed)
    return {"seed": str(seed), "calls": [result(*call) for call in calls]}


def result(name, *arguments):
    tensors = CALLS[name](*arguments)
    data = b"".join(t.detach().numpy().astype("<f4").tobytes() for t in tensors)
    return {
        "call": [name, *arguments],
        "first4": data[:16].hex(" ", 4),
        "sha256": hashlib.sha256(data).hexdigest(),
    }


def programs():
    random_bits = random.Random(20).getrandbits
    return [
        *(run(7, [["randn", size], ["rand", 1]]) for size in SIZES),
        *(run(seed, MIXED) for seed in [*SEEDS, *(random_bits(64) for _ in range(20))]),
        *(run(seed, LAYERS) for seed in [0, 42]),
        run(3, ASYMMETRIC),
    ]


def write(drawn):
    """A program a line: a change to one shows as one line in a diff."""
    version, capability = torch.__version__, torch.backends.cpu.get_cpu_capability()
    lines = ",\n".join(json.dumps(program, separators=(",", ":")) for program in drawn)
    FIXTURE.write_text(
        f'{{\n"torch": "{version}",\n"capability": "{capability}",\n'
        f'"programs": [\n{lines}\n]\n}}\n'
    )


def check(drawn):
    expected = json.loads(FIXTURE.read_text())["programs"]
    if expected == drawn:
        return 0
    for number, (old, new) in enumerate(zip(expected, drawn)):
        if old != new:
            print(f"stream program {number}, seed {new['seed']}: differs")
    if len(expected) != len(drawn):
        print(f"{len(expected)} stream programs are now {len(drawn)}")
    return 1


if __name__ == "__main__":
    sys.exit(check(programs()) if "--check" in sys.argv[1:] else write(programs()))
