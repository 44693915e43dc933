// Plain data that a program hands over, held against what its types promise: JavaScript has none.
import { isFloats, isRecord, isShape, refusal, shownValue } from '../base/given.ts'
import { nearest } from '../base/nearest.ts'
import type { Text } from '../base/text.ts'
import { ops } from '../ops/index.ts'
import { sizeOf } from '../tensor/tensor.ts'
import type { Trace } from '../trace/trace.ts'
import type { Provided } from './provided.ts'

const NAMES: readonly string[] = ['input', 'weights'] satisfies (keyof Provided)[]

const expected = {
  provided: { en: 'an object with input, weights or both', zh: '含 input 或 weights 的对象' },
  input: {
    en: "an object such as { source: 'mine', shape: [1, 3, 32, 32], values }",
    zh: "对象，例如 { source: 'mine', shape: [1, 3, 32, 32], values }",
  },
  weights: {
    en: "an object such as { source: 'mine', tensors: { weight: { shape, values } } }",
    zh: "对象，例如 { source: 'mine', tensors: { weight: { shape, values } } }",
  },
  source: {
    en: "words that say where it comes from, such as 'mine'",
    zh: "说明来源的文字，例如 'mine'",
  },
  flags: { en: "a list of words, such as ['--size', '64']", zh: "文字列表，例如 ['--size', '64']" },
  tensor: {
    en: 'an object such as { shape: [16], values }',
    zh: '对象，例如 { shape: [16], values }',
  },
  shape: {
    en: 'a list of whole numbers, such as [1, 3, 32, 32]',
    zh: '整数列表，例如 [1, 3, 32, 32]',
  },
  floats: {
    en: 'a Float32Array, such as Float32Array.from(values)',
    zh: ' Float32Array，例如 Float32Array.from(values)',
  },
  trace: { en: 'a trace as runLayer returns it', zh: ' runLayer 返回的 trace' },
} satisfies Record<string, Text>

/**
 * Holds what is provided for a run against its types; whether it fits the layer is another question.
 * @throws {UsageError} naming what is wrong first
 */
export function checkProvided(provided: Provided): void {
  demand(isRecord(provided), `provided ${shownValue(provided)}`, expected.provided)
  const unknown = Object.keys(provided).find((name) => !NAMES.includes(name))
  if (unknown !== undefined) throw refusal(`provided.${unknown}`, suggesting(unknown))
  const { input, weights } = provided
  if (input !== undefined) {
    demand(isRecord(input), `input ${shownValue(input)}`, expected.input)
    const { source, flags } = input
    demand(typeof source === 'string', `input.source ${shownValue(source)}`, expected.source)
    const words = flags === undefined || (Array.isArray(flags) && flags.every(isText))
    demand(words, `input.flags ${shownValue(flags)}`, expected.flags)
    checkValues(`--input ${source}`, input)
  }
  if (weights === undefined) return
  demand(isRecord(weights), `weights ${shownValue(weights)}`, expected.weights)
  const { source, tensors } = weights
  demand(typeof source === 'string', `weights.source ${shownValue(source)}`, expected.source)
  demand(isRecord(tensors), `weights.tensors ${shownValue(tensors)}`, expected.weights)
  for (const [name, tensor] of Object.entries(tensors)) {
    const where = `--weights ${source}: ${name}`
    demand(isRecord(tensor), `${where} ${shownValue(tensor)}`, expected.tensor)
    checkValues(where, tensor)
  }
}

/**
 * Holds a trace against what a pass is made ready from.
 * @throws {UsageError} for anything else, such as a trace that went through JSON
 */
export function checkTrace(trace: Trace): void {
  const call = `prepareForward(${shownValue(trace)})`
  const whole = isRecord(trace) && isRecord(trace.input) && isShape(trace.input.shape)
  const lists = whole && [trace.steps, trace.parameters].every(isListOfRecords)
  demand(lists && trace.steps[0]?.id === 'input', call, expected.trace)
  demand(String(trace.steps[0].shape) === String(trace.input.shape), call, expected.trace)
  const known = new Set<string>()
  for (const { name, shape, values } of trace.parameters) {
    checkValues(`trace, parameter ${shownValue(name)}`, { shape, values })
    known.add(`parameters/${name}`)
  }
  for (const { id, op, from, attributes, shape, values } of trace.steps) {
    const where = `trace, step ${shownValue(id)}`
    const parents = Array.isArray(from) && from.every((name) => known.has(name))
    const made = id === 'input' || Object.hasOwn(ops, op)
    demand(parents && made && isRecord(attributes), where, expected.trace)
    checkValues(where, { shape, values })
    known.add(id)
  }
}

/** @throws {UsageError} unless they are float32 values, as many as the shape holds */
export function checkValues(
  where: string,
  { shape, values }: { readonly shape?: unknown; readonly values?: unknown },
): void {
  // this is part of every prepared pass, so nothing is worded before something is wrong
  if (!isShape(shape)) throw refusal(`${where}, shape ${shownValue(shape)}`, expected.shape)
  if (!isFloats(values)) throw refusal(`${where}, values ${shownValue(values)}`, expected.floats)
  const count = sizeOf(shape)
  if (values.length === count) return
  const of = `[${shape.join(', ')}]`
  throw refusal(`${where}, ${values.length} values`, {
    en: `${count}, since the shape is ${of}`,
    zh: ` ${count} 个，因为形状是 ${of}`,
  })
}

function demand(holds: boolean, what: string, expectation: Text): asserts holds {
  if (!holds) throw refusal(what, expectation)
}

const isListOfRecords = (value: unknown) => Array.isArray(value) && value.every(isRecord)
const isText = (value: unknown) => typeof value === 'string'

function suggesting(name: string): Text {
  const near = nearest(name, NAMES)
  if (near === undefined) return expected.provided
  return {
    en: `input or weights: did you mean ${near}?`,
    zh: ` input 或 weights：是不是 ${near}？`,
  }
}
