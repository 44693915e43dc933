// The run as a PyTorch program: the same seed, the same draws, the same steps.
import type { InputKind } from '../trace/input.ts'
import type { Plan } from '../trace/plan.ts'

/** How Python draws each kind of input, for (B, C, H, W). */
const draws: Readonly<Record<InputKind, (shape: readonly number[]) => string>> = {
  randn: (shape) => `torch.randn(${shape.join(', ')})`,
  rand: (shape) => `torch.rand(${shape.join(', ')})`,
  relu: (shape) => `torch.randn(${shape.join(', ')}).relu()`,
  varied: ([B, C, H, W]) =>
    `torch.randn(${B}, ${C}, ${H}, ${W}) + torch.randn(${B}, ${C}).view(${B}, ${C}, 1, 1)`,
}

/** @param layer the layer's own lines, which define `layer` and `output` */
export function renderTorch({ run, inputShape, command }: Plan, layer: string): string {
  return `\
# What "convlab ${command}" computes, in PyTorch.
import torch
import torch.nn.functional as F
from torch import nn


def show(name, value):
    print(f'{name:19}{list(value.shape)}')
    return value


torch.manual_seed(${run.seed})
x = show('input', ${draws[run.input](inputShape)})
${layer.startsWith('class') ? '\n\n' : ''}${layer}`
}
