// The bench in PyTorch: the layer that convlab runs, its seed and its names. The codes of a mistake
// run behind it, and give there what their demonstration says.
import { dynamicLayer } from '../layers/dynamic/layer.ts'
import type { DynamicConfig } from '../layers/dynamic/options.ts'
import { planRun } from '../run/plan.ts'
import type { LabOptions } from './lab.ts'

const inputs: Readonly<Record<string, string>> = {
  randn: 'torch.randn(B, C, H, W)',
  relu: 'torch.randn(B, C, H, W).relu()',
  varied: 'torch.randn(B, C, H, W) + torch.randn(B, C).view(B, C, 1, 1)',
}

/** Python that defines every name which the codes use. */
export function setup(given: LabOptions): string {
  const { config, run } = planRun(dynamicLayer, given)
  const { in: C, out, kernelSize, kernels: K, groups } = config as unknown as DynamicConfig
  const [stride, padding] = [config.stride[0], (config.padding as readonly number[])[0]]
  return `\
import torch
import torch.nn.functional as F
from torch import nn


class DynamicConv2d(nn.Module):
    def __init__(self, C, out, k, K=4, stride=1, padding=0, groups=1, T=1):
        super().__init__()
        self.geometry, self.groups, self.T = dict(stride=stride, padding=padding), groups, T
        self.fc1, self.fc2 = nn.Conv2d(C, K, 1), nn.Conv2d(K, K, 1)
        self.weight = nn.Parameter(torch.empty(K, out, C // groups, k, k))
        for expert in self.weight:
            nn.init.kaiming_uniform_(expert, a=5 ** 0.5)
        fan_in = C // groups * k * k
        self.bias = nn.Parameter(torch.empty(K, out).uniform_(-(fan_in ** -0.5), fan_in ** -0.5))

    def scores(self, x):
        return self.fc2(self.fc1(F.adaptive_avg_pool2d(x, 1)).relu()).flatten(1)

    def attention(self, x):
        return F.softmax(self.scores(x) / self.T, 1)

    def forward(self, x):
        (B, C, H, W), (K, out, *kernel) = x.shape, self.weight.shape
        attention = self.attention(x)
        weight = (attention @ self.weight.view(K, -1)).view(B * out, *kernel)
        bias = (attention @ self.bias).view(-1)
        y = F.conv2d(x.view(1, -1, H, W), weight, bias, groups=self.groups * B, **self.geometry)
        return y.view(B, out, y.size(-2), y.size(-1))


B, C, H, W = ${[run.batch, C, ...run.size].join(', ')}
out, k, K, groups = ${[out, kernelSize[0], K, groups].join(', ')}
torch.set_grad_enabled(False)
torch.manual_seed(${run.seed})
x = ${inputs[run.input]}
layer = DynamicConv2d(C, out, k, K, stride=${stride}, padding=${padding}, groups=groups)
scores, attention, weight, bias = layer.scores(x), layer.attention(x), layer.weight, layer.bias
`
}
