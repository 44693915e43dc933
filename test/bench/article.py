"""One forward pass of a dynamic convolution in PyTorch: what `convlab dynamic -K 4` is timed
against."""

import torch
import torch.nn.functional as F
from torch import nn


class DynamicConv2d(nn.Module):
    def __init__(self, inputs, outputs, size, kernels=4):
        super().__init__()
        self.score = nn.Sequential(
            nn.AdaptiveAvgPool2d(1),
            nn.Conv2d(inputs, kernels, 1),
            nn.ReLU(),
            nn.Conv2d(kernels, kernels, 1),
            nn.Flatten(),
            nn.Softmax(1),
        )
        bound = (inputs * size * size) ** -0.5
        self.weight = nn.Parameter(torch.empty(kernels, outputs, inputs, size, size))
        self.bias = nn.Parameter(torch.empty(kernels, outputs))
        nn.init.uniform_(self.weight, -bound, bound)
        nn.init.uniform_(self.bias, -bound, bound)

    def forward(self, x):
        batch, _, *size = x.shape
        attention = self.score(x)
        weight = (attention @ self.weight.flatten(1)).view(-1, *self.weight.shape[2:])
        bias = (attention @ self.bias).flatten()
        y = F.conv2d(x.view(1, -1, *size), weight, bias, groups=batch)
        return y.view(batch, -1, *y.shape[2:])


x = torch.randn(1, 3, 32, 32)
print(DynamicConv2d(3, 16, 3)(x).shape)
