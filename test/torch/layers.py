"""The reference: convlab's layers written independently, in PyTorch.

static(config), dynamic(config), condconv(config) and odconv(config) seed PyTorch, draw the input,
build the layer, run it once and return a Run. Steps carry convlab's ids, so a test can hold the two programs side by side.
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


def convolve_each(x: Tensor, weight: Tensor, bias: Tensor | None, config: dict) -> Tensor:
    """Every sample with kernels of its own: the batch is folded into the groups."""
    batch, _, height, width = x.shape
    groups = config["groups"] * batch
    y = F.conv2d(x.view(1, -1, height, width), weight, bias, groups=groups, **geometry(config))
    return y.view(batch, -1, *y.shape[-2:])


class Experts(nn.Module):
    """K experts, mixed anew for every sample by weights that a subclass computes."""

    def __init__(self, config: dict):
        super().__init__()
        self.config = config
        self.create_attention()  # before the experts: that is how they are drawn
        kernels, out, groups = config["kernels"], config["out"], config["groups"]
        self.weight = nn.Parameter(
            torch.empty(kernels, out, config["in"] // groups, *config["kernelSize"])
        )
        self.bias = nn.Parameter(torch.empty(kernels, out)) if config["bias"] else None
        self.reset_experts()

    def reset_experts(self) -> None:
        """Starts every expert as nn.Conv2d starts itself: all the weights, then all the biases."""
        bound = 1 / math.sqrt(self.weight[0, 0].numel())  # 1 / sqrt(fan_in)
        for k in range(len(self.weight)):
            nn.init.kaiming_uniform_(self.weight[k], a=math.sqrt(5))
        if self.bias is not None:
            for k in range(len(self.bias)):
                nn.init.uniform_(self.bias[k], -bound, bound)

    def create_attention(self) -> None:
        raise NotImplementedError

    def weigh(self, x: Tensor, step) -> Tensor:
        """A weight for every sample and expert."""
        raise NotImplementedError

    def forward(self, x: Tensor, step) -> Tensor:
        batch = len(x)
        kernels, out, *kernel_shape = self.weight.shape
        weights = self.weigh(x, step)
        experts = step("experts", self.weight.view(kernels, -1))
        weight = step("aggregate-weight", (weights @ experts).view(batch * out, *kernel_shape))
        bias = None
        if self.bias is not None:
            bias = step("aggregate-bias", (weights @ self.bias).view(-1))
        return step("output", convolve_each(x, weight, bias, self.config))


class Dynamic(Experts):
    def create_attention(self) -> None:
        config = self.config
        self.attention = Attention(
            config["in"], config["hidden"], config["kernels"], config["temperature"]
        )

    def weigh(self, x: Tensor, step) -> Tensor:
        return self.attention(x, step)


class CondConv(Experts):
    def create_attention(self) -> None:
        self.routing = nn.Linear(self.config["in"], self.config["kernels"])

    def weigh(self, x: Tensor, step) -> Tensor:
        pool = step("pool", F.adaptive_avg_pool2d(x, 1))
        return step("routing", step("logits", self.routing(pool.flatten(1))).sigmoid())


class OmniAttention(nn.Module):
    """Attention along the four dimensions of a set of kernels, as in OSVAI/ODConv: what has
    nothing to choose from is skipped, and is None here."""

    def __init__(self, config: dict):
        super().__init__()
        channels, out, kernels = config["in"], config["out"], config["kernels"]
        self.temperature = config["temperature"]
        self.kernel_size = config["kernelSize"]
        positions = math.prod(self.kernel_size)
        width = max(channels // config["reduction"], 16)
        self.fc = nn.Conv2d(channels, width, 1, bias=False)
        self.bn = nn.BatchNorm2d(width)
        self.channel_fc = nn.Conv2d(width, channels, 1)
        depthwise = channels == config["groups"] == out
        self.filter_fc = None if depthwise else nn.Conv2d(width, out, 1)
        self.spatial_fc = None if positions == 1 else nn.Conv2d(width, positions, 1)
        self.kernel_fc = None if kernels == 1 else nn.Conv2d(width, kernels, 1)
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")
                if module.bias is not None:
                    nn.init.constant_(module.bias, 0)

    def forward(self, x: Tensor, step):
        batch = len(x)
        pool = step("pool", F.adaptive_avg_pool2d(x, 1))
        norm = step("norm", self.bn(step("fc", self.fc(pool))))
        relu = step("relu", norm.relu())
        channel = step("channel-attention", self.sigmoid(self.channel_fc, relu))
        filters = spatial = kernel = None
        if self.filter_fc is not None:
            filters = step("filter-attention", self.sigmoid(self.filter_fc, relu))
        if self.spatial_fc is not None:
            weights = self.sigmoid(self.spatial_fc, relu)
            spatial = step("spatial-attention", weights.view(batch, 1, 1, 1, *self.kernel_size))
        if self.kernel_fc is not None:
            weights = F.softmax(self.kernel_fc(relu) / self.temperature, dim=1)
            kernel = step("kernel-attention", weights.view(batch, -1, 1, 1, 1, 1))
        return channel, filters, spatial, kernel

    def sigmoid(self, head: nn.Conv2d, x: Tensor) -> Tensor:
        return torch.sigmoid(head(x) / self.temperature)


class ODConv(nn.Module):
    def __init__(self, config: dict):
        super().__init__()
        self.config = config
        self.attention = OmniAttention(config)
        kernels, out, groups = config["kernels"], config["out"], config["groups"]
        shape = kernels, out, config["in"] // groups, *config["kernelSize"]
        self.weight = nn.Parameter(torch.randn(shape))
        for k in range(kernels):
            nn.init.kaiming_normal_(self.weight[k], mode="fan_out", nonlinearity="relu")

    def forward(self, x: Tensor, step) -> Tensor:
        channel, filters, spatial, kernel = self.attention(x, step)
        scaled = step("scaled-input", x * channel)
        step("experts", self.weight)
        aggregate = self.weight.unsqueeze(0).expand(len(x), -1, -1, -1, -1, -1)
        for attention in (spatial, kernel):
            if attention is not None:
                aggregate = attention * aggregate
        weight = step("aggregate-weight", aggregate.sum(1).flatten(0, 1))
        convolved = step("convolved", convolve_each(scaled, weight, None, self.config))
        return step("output", convolved if filters is None else convolved * filters)


def in_creation_order(layer: nn.Module) -> list[tuple[str, Tensor]]:
    """A state_dict that lists a layer's own parameters behind its children's: the attention was
    made, and drawn, first."""
    state = layer.state_dict()
    own = dict(layer.named_parameters(recurse=False))
    return sorted(state.items(), key=lambda entry: entry[0] in own)  # a stable sort


@torch.no_grad()
def run(create, config: dict) -> Run:
    torch.manual_seed(int(config["seed"]))
    x = draw_input(config)
    layer = create(config).eval()
    result = Run(in_creation_order(layer))
    layer(result.step("input", x), result.step)
    return result


def dynamic(config: dict) -> Run:
    return run(Dynamic, config)


def condconv(config: dict) -> Run:
    return run(CondConv, config)


def odconv(config: dict) -> Run:
    return run(ODConv, config)
