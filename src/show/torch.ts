// The run as a PyTorch program: the same seed, the same draws, the same steps. Of each step it prints
// the name, the shape and the first value, with as many digits as convlab shows.
import type { InputKind } from '../run/input.ts'
import type { Plan } from '../run/plan.ts'
import { pythonString } from './python.ts'
import { readPicture } from './torch-picture.ts'

/** How Python draws each kind of input, for (B, C, H, W). */
const draws: Readonly<Record<InputKind, (shape: readonly number[]) => string>> = {
  randn: (shape) => `torch.randn(${shape.join(', ')})`,
  rand: (shape) => `torch.rand(${shape.join(', ')})`,
  relu: (shape) => `torch.randn(${shape.join(', ')}).relu()`,
  varied: ([B, C, H, W]) =>
    `torch.randn(${B}, ${C}, ${H}, ${W}) + torch.randn(${B}, ${C}).view(${B}, ${C}, 1, 1)`,
}

/** What a program reads from files of its own beside it, rather than from where the run read it. */
export interface Beside {
  /** a .npy of the input's values as the layer sees them */
  readonly input?: string
  /** a .safetensors of the parameters */
  readonly weights?: string
}

/** @param layer the layer's own lines, which define `layer`, then show and run it */
export function renderTorch(plan: Plan, layer: string, beside: Beside = {}): string {
  const { run, provided, command } = plan
  const [before, input] = inputOf(plan, beside)
  const weights = provided.weights && loadWeights(beside.weights ?? provided.weights.source, beside)
  const lines = [before, input, weights ?? ''].join()
  const [definition, use] = split(layer)
  return `\
# What "convlab ${command.replace(/\s/g, ' ')}" computes, in PyTorch.
${lines.includes('__file__') ? 'from pathlib import Path\n\n' : ''}\
${lines.includes('numpy.') ? 'import numpy\n' : ''}\
import torch
import torch.nn.functional as F
${lines.includes('Image.') ? `from PIL import Image${lines.includes('ImageOps.') ? ', ImageOps' : ''}\n` : ''}\
${lines.includes('load_file') ? 'from safetensors.torch import load_file\n' : ''}\
from torch import nn


def show(name, value):
    print(f'{name:19}{str(list(value.shape)):19} {value.flatten()[0].item():9.4f}')
    return value


torch.manual_seed(${run.seed})
${before}\
x = show('input', ${input})
${layer.startsWith('class') ? '\n\n' : ''}${definition}${weights ?? ''}${use}`
}

/** A layer's lines up to the first that uses `layer`, and from there on. */
function split(layer: string): [definition: string, use: string] {
  const at = layer.search(/^(show\(|output = )/m)
  return [layer.slice(0, at), layer.slice(at)]
}

/** The input, and the lines that it takes before. */
function inputOf({ run, provided, inputShape }: Plan, beside: Beside): [string, string] {
  if (provided.input === undefined) return ['', draws[run.input](inputShape)]
  const { source, picture } = provided.input
  if (picture && !beside.input) return [readPicture(source, picture, inputShape), 'x']
  return ['', readInput(beside.input ?? source, inputShape, beside)]
}

/** A .npy or .npz:name as a tensor of (B, C, H, W). */
function readInput(source: string, shape: readonly number[], { input }: Beside): string {
  const [, file = source, name] = /^(.*\.npz):(.+)$/i.exec(source) ?? []
  const array = `numpy.load(${input ? besideProgram(input) : pythonString(file)})${name ? `[${pythonString(name)}]` : ''}`
  return `torch.from_numpy(${array}.astype('float32', order='C')).reshape(${shape.join(', ')})`
}

/** Lines that fill `layer` from a .safetensors or .npz. */
function loadWeights(source: string, { weights }: Beside): string {
  const path = weights ? besideProgram(weights) : pythonString(source)
  if (!/\.npz$/i.test(source)) return `layer.load_state_dict(load_file(${path}))\n`
  return `\
arrays = numpy.load(${path})
names = [name for name in arrays if name.startswith('param/')] or list(arrays)
layer.load_state_dict({name.removeprefix('param/'): torch.from_numpy(arrays[name].astype('float32'))
                       for name in names})
`
}

function besideProgram(file: string): string {
  return `Path(__file__).with_name(${pythonString(file)})`
}
