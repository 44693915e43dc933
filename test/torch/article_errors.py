"""Runs the article's dynamic layer and writes what it prints, and how it fails, to
fixtures/article-errors.json; --check compares with that file instead.

A case is its configuration, the lines printed, and PyTorch's message (null where it works). The
article takes square kernels only; here its k, k is the kernel's height and width. It views the
mixed kernels as (out, -1, k, k), where (batch * out, in / groups, k, k) is meant, so every batch
above one raises.
"""

import json
import sys
import warnings
from contextlib import redirect_stdout
from io import StringIO

import torch
import torch.nn.functional as F

from configurations import dynamic
from layers import Dynamic, geometry
from make_fixtures import FIXTURES, report, write

ERRORS = [
    # out < groups * batch
    dynamic(3, 16, 3, batch=32, size=32),
    dynamic(3, 8, 3, batch=9),
    dynamic(3, 4, 3, batch=16, padding=1),
    dynamic(1, 1, 1, batch=2, size=1),
    dynamic(4, 8, 3, batch=4, groups=4),
    dynamic(4, 4, 3, batch=2, groups=4, padding="same"),
    dynamic(6, 6, 3, batch=3, groups=3, stride=2),
    dynamic(3, 4, 2, batch=5, padding="same"),
    dynamic(3, 4, (2, 3), batch=6, padding="same", dilation=(3, 1)),
    dynamic(3, 4, 3, batch=7, dilation=2, bias=False),
    # out >= groups * batch, but no multiple of it
    dynamic(3, 16, 3, batch=3, size=32),
    dynamic(3, 16, 3, batch=5),
    dynamic(3, 16, 3, batch=15, padding=1),
    dynamic(1, 3, 1, batch=2, size=1),
    dynamic(4, 6, 3, batch=2, groups=2),
    dynamic(6, 9, 3, batch=2, groups=3, stride=2, padding=1),
    dynamic(3, 10, 3, batch=4, padding="same"),
    dynamic(3, 10, 2, batch=3, padding="same"),
    dynamic(3, 10, (3, 4), batch=3, padding="same", size=(5, 7)),
    dynamic(3, 5, (3, 5), batch=2, dilation=(2, 1), size=(7, 9), bias=False),
    # out a multiple of groups * batch: now the channels are wrong
    dynamic(3, 16, 3, batch=2, size=32),
    dynamic(3, 16, 3, batch=4, size=32),
    dynamic(3, 16, 3, batch=8, size=32),
    dynamic(3, 16, 3, batch=16, size=32),
    dynamic(3, 16, 3, batch=2, bias=False),
    dynamic(3, 16, 3, batch=2, padding=1, stride=2),
    dynamic(3, 16, 3, batch=2, padding=(2, 3), dilation=2, size=(7, 9)),
    dynamic(3, 12, (3, 5), batch=3, size=(7, 9), K=2),
    dynamic(1, 2, 1, batch=2, size=1),
    dynamic(4, 8, 3, batch=2, groups=2),
    dynamic(4, 8, 3, batch=2, groups=4),
    dynamic(4, 12, 1, batch=3, groups=2, stride=(2, 3)),
    dynamic(6, 12, 3, batch=4, groups=3, K=1),
    # the same with padding "same": the input is shown one larger where dilation * (k - 1) is odd
    dynamic(3, 16, 3, batch=2, padding="same"),
    dynamic(3, 16, 1, batch=2, padding="same"),
    dynamic(3, 16, 2, batch=2, padding="same"),
    dynamic(3, 16, 4, batch=4, padding="same", size=(5, 7)),
    dynamic(3, 16, (2, 3), batch=2, padding="same", size=(5, 7)),
    dynamic(3, 16, (3, 4), batch=2, padding="same", size=(5, 7)),
    dynamic(3, 16, 2, batch=2, padding="same", dilation=2),
    dynamic(3, 16, 2, batch=2, padding="same", dilation=3),
    dynamic(3, 16, (4, 2), batch=2, padding="same", dilation=(2, 3)),
    dynamic(4, 8, 2, batch=2, groups=2, padding="same", bias=False),
    dynamic(3, 16, 10, batch=2, padding="same"),
]

VALID = [
    dynamic(3, 16, 3, size=32),
    dynamic(3, 16, 3, padding=1, bias=False),
    dynamic(3, 8, 3, stride=2, padding=1, size=7, K=1),
    dynamic(3, 8, (3, 5), dilation=2, size=(9, 11), K=8),
    dynamic(4, 8, 3, groups=2),
    dynamic(4, 4, 3, groups=4, padding="same"),
    dynamic(3, 8, 2, padding="same", size=(5, 7)),
    dynamic(1, 1, 1, size=1, K=2),
]

# What convlab does not accept in the first place: kept for the order of PyTorch's checks.
REFUSED = [
    dynamic(3, 16, 3, batch=2, padding="same", stride=2),
    dynamic(3, 16, 2, batch=32, padding="same", stride=(1, 2)),
    dynamic(3, 16, 9, batch=1),
    dynamic(3, 16, 5, batch=1, dilation=2, padding=(0, 1), size=(7, 9)),
    dynamic(3, 16, 9, batch=2),
    dynamic(3, 16, 9, batch=3),
    dynamic(3, 16, 9, batch=32),
    dynamic(4, 2, 3, batch=1, groups=4),
    dynamic(4, 6, 3, batch=1, groups=4),
    dynamic(4, 6, 9, batch=1, groups=4),
    dynamic(4, 6, 3, batch=2, groups=4),
    dynamic(3, 16, 3, batch=0),
    dynamic(3, 16, 3, batch=32, stride=0),
    dynamic(3, 16, 3, batch=32, stride=0, padding=-1),
    dynamic(3, 16, 3, batch=2, dilation=0),
]


class ArticleDynamic(Dynamic):
    """The article's forward pass: what it prints, and its view."""

    def forward(self, x):
        attention = self.attention(x, lambda name, value: value)
        print(attention.size())
        batch, _, height, width = x.size()
        x = x.view(1, -1, height, width)
        kernels, out, _, *kernel_size = self.weight.shape
        weight = self.weight.view(kernels, -1)
        print("weight", weight.size())
        aggregate = torch.mm(attention, weight).view(out, -1, *kernel_size)
        print(aggregate.size())
        bias = None if self.bias is None else torch.mm(attention, self.bias).view(-1)
        y = F.conv2d(x, aggregate, bias, groups=self.config["groups"] * batch, **geometry(self.config))
        return y.view(batch, out, y.size(-2), y.size(-1))


@torch.no_grad()
def case(config):
    message = None
    with redirect_stdout(StringIO()) as printed:
        try:
            x = torch.randn(config["batch"], config["in"], *config["size"])
            print(ArticleDynamic(config)(x).shape)
        except RuntimeError as error:
            message = str(error)
    return {"config": config, "printed": printed.getvalue().splitlines(), "message": message}


def document():
    tables = ERRORS, VALID, REFUSED
    errors, valid, refused = ([case(config) for config in table] for table in tables)
    assert all(each["message"] for each in errors) and not any(each["message"] for each in valid)
    return {"torch": torch.__version__, "cases": errors + valid, "refused": refused}


def differences(expected, actual):
    for key in ("cases", "refused"):
        if len(expected[key]) != len(actual[key]):
            yield f"{len(expected[key])} {key} are now {len(actual[key])}"
        for old, new in zip(expected[key], actual[key]):
            if old != new:
                yield f"article: {old} is now {new}"


def main(check):
    warnings.filterwarnings("ignore", "Using padding='same' with even kernel")
    path = FIXTURES / "article-errors.json"
    if not check:
        write(path, document())
        return 0
    return report(differences(json.loads(path.read_text()), document()))


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
