"""Trains a network of convlab's experiments on noise, on one thread; prints the seconds.

    experiments.py NETWORK KIND STEPS WIDTHS...     such as: glyphs dynamic 744 8 16 16
"""

import sys
import time

import torch
import torch.nn.functional as F

K, HIDDEN, BATCH = 4, 8, 32


class Layer(torch.nn.Module):
    def __init__(self, kind, inputs, outputs, padding):
        super().__init__()
        self.kind, self.padding = kind, padding
        kernels = 1 if kind == "static" else K
        self.weight = torch.nn.Parameter(torch.randn(kernels, outputs, inputs, 3, 3) * 0.1)
        self.bias = torch.nn.Parameter(torch.zeros(kernels, outputs))
        if kind == "dynamic":
            self.fc1 = torch.nn.Linear(inputs, HIDDEN)
            self.fc2 = torch.nn.Linear(HIDDEN, K)

    def forward(self, x):
        if self.kind != "dynamic":  # uniform attention is one kernel a batch
            return F.conv2d(x, self.weight.mean(0), self.bias.mean(0), padding=self.padding)
        batch, inputs, rows, columns = x.shape
        pi = F.softmax(self.fc2(F.relu(self.fc1(x.mean((2, 3))))) / 4, 1)
        weight = (pi @ self.weight.flatten(1)).view(-1, inputs, 3, 3)
        bias = (pi @ self.bias).view(-1)
        x = x.reshape(1, batch * inputs, rows, columns)
        y = F.conv2d(x, weight, bias, padding=self.padding, groups=batch)
        return y.view(batch, -1, *y.shape[2:])


class Network(torch.nn.Module):
    def __init__(self, network, kind, widths):
        super().__init__()
        self.network = network
        sizes = [2 if network == "filter" else 1, *widths]
        padding = 0 if network == "filter" else 1
        self.layers = torch.nn.ModuleList(
            Layer(kind, a, b, padding) for a, b in zip(sizes, sizes[1:])
        )
        if network != "filter":
            features = widths[-1] * (1 if network == "glyphs" else 4)
            self.classifier = torch.nn.Linear(features, 8 if network == "glyphs" else 10)

    def forward(self, x):
        for at, layer in enumerate(self.layers):
            x = layer(x)
            if self.network == "filter":
                return x
            last = at + 1 == len(self.layers)
            x = F.relu(x)
            x = x.amax((2, 3)) if last and self.network == "glyphs" else F.max_pool2d(x, 2)
        return self.classifier(x.flatten(1))


def main(network, kind, steps, *widths):
    torch.set_num_threads(1)
    side, count = {"glyphs": (16, 2000), "digits": (8, 1000), "filter": (12, 1000)}[network]
    images = torch.randn(count, 2 if network == "filter" else 1, side, side)
    labels = torch.randint(0, 8, (count,))
    targets = torch.randn(count, 1, 10, 10)
    net = Network(network, kind, [int(width) for width in widths])
    optimizer = torch.optim.Adam(net.parameters(), lr=0.005)
    start = time.perf_counter()
    for _ in range(int(steps)):
        batch = torch.randint(0, count, (BATCH,))
        y = net(images[batch])
        loss = (
            F.mse_loss(y, targets[batch])
            if network == "filter"
            else F.cross_entropy(y, labels[batch])
        )
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    print(time.perf_counter() - start)


main(*sys.argv[1:])
