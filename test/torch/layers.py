"""The reference: convlab's layers written independently, in PyTorch.

static(config) and dynamic(config) seed PyTorch, draw the input, build the layer, run it once and
return a Run. Steps carry convlab's ids, so a test can hold the two programs side by side.
"""

import math
from dataclasses import dataclass, field

import torch
import torch.nn.functional as F
from torch import Tensor, nn


@dataclass
class Run:
    """What one run leaves behind, in the order it came to be."""

    parameters: list[tuple[str, Tensor]]
    steps: list[tuple[str, Tensor]] = field(default_factory=list)

    def step(self, name: str, value: Tensor) -> Tensor:
        self.steps.append((name, value))
        return value


def draw_input(config: dict) -> Tensor:
    batch, channels, size = config["batch"], config["in"], config["size"]
    if config["input"] == "rand":
        return torch.rand(batch, channels, *size)
    x = torch.randn(batch, channels, *size)
    if config["input"] == "relu":
        return x.relu()
    if config["input"] == "varied":  # a mean of its own for every sample and channel
        return x + torch.randn(batch, channels)[:, :, None, None]
    assert config["input"] == "randn", config["input"]
    return x


def geometry(config: dict) -> dict:
    """The keyword arguments that nn.Conv2d and F.conv2d have in common."""
    return {name: config[name] for name in ("stride", "padding", "dilation")}


@torch.no_grad()
def static(config: dict) -> Run:
    torch.manual_seed(int(config["seed"]))
    x = draw_input(config)
    conv = nn.Conv2d(
        config["in"],
        config["out"],
        config["kernelSize"],
        groups=config["groups"],
        bias=config["bias"],
        **geometry(config),
    )
    run = Run(list(conv.named_parameters()))
    run.step("input", x)
    for name, parameter in run.parameters:
        run.step(name, parameter)
    run.step("output", conv(x))
    return run


class Attention(nn.Module):
    """One weight per sample and expert: softmax(fc2(relu(fc1(pool(x)))) / T)."""

    def __init__(self, channels: int, hidden: int, kernels: int, temperature: float):
        super().__init__()
        self.fc1 = nn.Conv2d(channels, hidden, 1)
        self.fc2 = nn.Conv2d(hidden, kernels, 1)
        self.temperature = temperature

    def forward(self, x: Tensor, step) -> Tensor:
        pool = step("pool", F.adaptive_avg_pool2d(x, 1))
        hidden = step("relu", step("fc1", self.fc1(pool)).relu())
        logits = step("fc2", self.fc2(hidden).view(len(x), -1))
        return step("attention", F.softmax(logits / self.temperature, dim=1))


class Dynamic(nn.Module):
    """K experts, mixed anew for every sample; the batch is folded into the groups."""

    def __init__(self, config: dict):
        super().__init__()
        kernels, out, groups = config["kernels"], config["out"], config["groups"]
        self.attention = Attention(config["in"], config["hidden"], kernels, config["temperature"])
        self.weight = nn.Parameter(
            torch.empty(kernels, out, config["in"] // groups, *config["kernelSize"])
        )
        self.bias = nn.Parameter(torch.empty(kernels, out)) if config["bias"] else None
        self.groups = groups
        self.geometry = geometry(config)
        self.reset_experts()

    def reset_experts(self) -> None:
        """Starts every expert as nn.Conv2d starts itself: all the weights, then all the biases."""
        bound = 1 / math.sqrt(self.weight[0, 0].numel())  # 1 / sqrt(fan_in)
        for k in range(len(self.weight)):
            nn.init.kaiming_uniform_(self.weight[k], a=math.sqrt(5))
        if self.bias is not None:
            for k in range(len(self.bias)):
                nn.init.uniform_(self.bias[k], -bound, bound)

    def in_creation_order(self) -> list[tuple[str, Tensor]]:
        """named_parameters() would list a module's own parameters before its children's."""
        own = list(self.named_parameters(recurse=False))
        return [*self.attention.named_parameters(prefix="attention"), *own]

    def forward(self, x: Tensor, step) -> Tensor:
        batch, _, height, width = x.shape
        kernels, out, *kernel_shape = self.weight.shape
        attention = self.attention(x, step)
        experts = step("experts", self.weight.view(kernels, -1))
        weight = step("aggregate-weight", (attention @ experts).view(batch * out, *kernel_shape))
        bias = None
        if self.bias is not None:
            bias = step("aggregate-bias", (attention @ self.bias).view(-1))
        folded = x.view(1, -1, height, width)
        y = F.conv2d(folded, weight, bias, groups=self.groups * batch, **self.geometry)
        return step("output", y.view(batch, out, *y.shape[-2:]))


@torch.no_grad()
def dynamic(config: dict) -> Run:
    torch.manual_seed(int(config["seed"]))
    x = draw_input(config)
    layer = Dynamic(config)
    run = Run(layer.in_creation_order())
    layer(run.step("input", x), run.step)
    return run
