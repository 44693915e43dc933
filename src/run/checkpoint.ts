// A file with the weights of a whole network: which layers in it are like the one that is run, and
// how to take one out.
import { resolve } from '../base/options.ts'
import type { Text } from '../base/text.ts'
import type { Layer } from '../layers/layer.ts'
import { pythonLiteral } from '../layers/python-literal.ts'
import { type Changes, changesThatFit, flagsOf } from './fit.ts'
import type { GivenOptions, Shapes } from './misfit.ts'
import type { WeightsOutline } from './provided.ts'

/** A part of a checkpoint that the layer could be: what its names begin with, and the options. */
export interface Within {
  /** ends in a dot */
  readonly prefix: string
  readonly changes: Changes
}

/** Prefixes that a message lists. */
const LISTED = 4

/**
 * The parts of a checkpoint that fit the layer, with some options or other; none if the file is a
 * layer by itself.
 */
export function layersWithin(layer: Layer, given: GivenOptions, tensors: Shapes): Within[] {
  const [first] = layer.parameters(resolve(layer.options, given))
  if (first === undefined || first.name in tensors) return []
  const ending = `.${first.name}`
  const prefixes = Object.entries(tensors)
    .filter(([name, { shape }]) => name.endsWith(ending) && shape.length === first.shape.length)
    .map(([name]) => name.slice(0, -first.name.length))
    .filter((prefix) => !/\p{Control}/u.test(prefix))
  const known = new Map<string, Changes | undefined>() // networks repeat their blocks
  return prefixes.flatMap((prefix) => {
    const part = partOf(tensors, prefix)
    const shapes = JSON.stringify(Object.entries(part).map(([name, { shape }]) => [name, shape]))
    if (!known.has(shapes)) known.set(shapes, changesThatFit(layer, given, part))
    const changes = known.get(shapes)
    return changes ? [{ prefix, changes }] : []
  })
}

/** Whether these are a network's tensors, and not one layer's, were it of another kind. */
export function isCheckpoint(layer: Layer, given: GivenOptions, tensors: Shapes): boolean {
  const names = new Set(layer.parameters(resolve(layer.options, given)).map(({ name }) => name))
  const shared = [...names].some((name) => Object.hasOwn(tensors, name))
  return !shared && Object.keys(tensors).length > names.size
}

/** What the file is, where no part of it fits. */
export function nothingLike({ name }: Layer, { tensors }: WeightsOutline): Text {
  const count = Object.keys(tensors).length
  return {
    en: `this is a checkpoint of ${count} tensors, and none of its layers would fit ${name}, whatever the flags: choose a layer that it has`,
    zh: `这是整个网络的检查点，共 ${count} 个张量，其中没有一层与 ${name} 相符，选项怎么设都不行：请选用其中有的那种层`,
  }
}

/** What the file is, and two steps in Python that make one of its layers a file of its own. */
export function takingOut(
  layer: Layer,
  { source, tensors }: WeightsOutline,
  parts: readonly Within[],
): Text {
  const count = Object.keys(tensors).length
  const names = parts.slice(0, LISTED).map(({ prefix }) => prefix)
  const more = parts.length > LISTED ? ', ...' : ''
  const changed = ({ changes }: Within) => Object.keys(changes).length
  const { prefix, changes } = parts.reduce((a, b) => (changed(b) < changed(a) ? b : a))
  const file =
    prefix.slice(0, -1).replace(/[^\w.-]/g, '_') + (isNpz(source) ? '.npz' : '.safetensors')
  const { add, leave } = flagsOf(layer, changes)
  const command = ['--weights', file, ...add].join(' ')
  const without = leave.length > 0 ? leave.join(' ') : undefined
  const [bring, make] = isNpz(source)
    ? numpySteps(source, prefix, file)
    : torchSteps(source, prefix, file)
  return {
    en: `this is a checkpoint of ${count} tensors; ${parts.length} of its layers would fit ${layer.name} (${names.join(', ')}${more}): take one out in Python with "${bring}" and "${make}", then use ${command}${without ? ` and leave out ${without}` : ''}`,
    zh: `这是整个网络的检查点，共 ${count} 个张量；其中 ${parts.length} 层与 ${layer.name} 相符（${names.join('、')}${more}）：请在 Python 里先后执行 "${bring}" 和 "${make}"，取出一层，再用 ${command}${without ? `，并去掉 ${without}` : ''}`,
  }
}

function partOf(tensors: Shapes, prefix: string): Shapes {
  return Object.fromEntries(
    Object.entries(tensors)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, each]) => [name.slice(prefix.length), each]),
  )
}

function torchSteps(source: string, prefix: string, file: string): [string, string] {
  const chosen = `{k[${[...prefix].length}:]: v for k, v in load_file(${pythonLiteral(source)}).items() if k.startswith(${pythonLiteral(prefix)})}`
  return [
    'from safetensors.torch import load_file, save_file',
    `save_file(${chosen}, ${pythonLiteral(file)})`,
  ]
}

function numpySteps(source: string, prefix: string, file: string): [string, string] {
  const chosen = `{k[${[...prefix].length}:]: v for k, v in numpy.load(${pythonLiteral(source)}).items() if k.startswith(${pythonLiteral(prefix)})}`
  return ['import numpy', `numpy.savez(${pythonLiteral(file)}, **${chosen})`]
}

function isNpz(source: string): boolean {
  return /\.npz$/i.test(source)
}
