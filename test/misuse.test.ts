// Every function of the library, used wrongly: a UsageError in a line that names what was given and
// what was expected, as README promises.
import { describe, expect, test } from 'vitest'
import { manualSeed, prepareForward, runLayer, UsageError } from '../src/index.ts'

type Case = [what: string, run: () => unknown, ...names: string[]]
/** Functions as JavaScript sees them: anything goes. */
// biome-ignore lint/suspicious/noExplicitAny: types are what is got round here
const any = (value: unknown) => value as any
const [run, prepare, seeded] = [any(runLayer), any(prepareForward), any(manualSeed)]
const floats = (count: number) => new Float32Array(count)
const trace = runLayer('static', { in: 1, out: 1, size: 4 })
const generator = any(manualSeed(0))
const input = (change: object) => () =>
  run('static', {}, { input: { source: 'x', shape: [1, 3, 8, 8], values: floats(192), ...change } })
const weight = (change: object) => () => {
  const tensor = { shape: [16, 3, 3, 3], values: floats(432), ...change }
  const tensors = { weight: tensor, bias: { shape: [16], values: floats(16) } }
  return run('static', {}, { weights: { source: 'w', tensors } })
}
const changed = (change: object, at = trace.steps.length - 1) => ({
  ...trace,
  steps: trace.steps.map((step, n) => (n === at ? { ...step, ...change } : step)),
})

const layerNames = 'expected one of static, dynamic, condconv, odconv'
const names: Case[] = [
  ['nothing', () => run(), 'layer undefined', layerNames],
  ['no layer', () => run('nope'), 'layer nope', layerNames],
  ['nearly a layer', () => run('dynamc'), 'did you mean dynamic'],
  ['what every object has', () => run('toString'), 'layer toString', layerNames],
  ['a prototype', () => run('__proto__'), 'layer __proto__'],
  ['a number', () => run(3), 'layer 3'],
  ['a symbol', () => run(Symbol('static')), 'layer Symbol(static)'],
  ['a list', () => run(['static']), 'layer ["static"]'],
  ['a layer', () => run({ name: 'static' }), 'layer an object'],
]
const options: Case[] = [
  ['null', () => run('static', null), "runLayer('static', null)", '{ seed: 7 }'],
  ['a number', () => run('static', 3), "runLayer('static', 3)"],
  ['words', () => run('static', '-K 4'), '"-K 4"'],
  ['a list', () => run('static', [4]), '[4]'],
  ['a function', () => run('static', () => 4), 'a function'],
  ['an unknown option', () => run('static', { kernels: 4 }), 'no option kernels', 'kernelSize'],
  ['nearly an option', () => run('static', { kernelsize: 3 }), 'did you mean kernelSize'],
  ['what every object has', () => run('static', { toString: 3 }), 'no option toString'],
  ...[Number.NaN, 0, -1, 2.5, null, true, {}, Object.create(null), Symbol('a'), [], () => 1].map(
    (value, at): Case => [`--in, number ${at}`, () => run('static', { in: value }), '--in', '0'],
  ),
  ['three sizes', () => run('static', { size: [1, 2, 3] }), '--size [1, 2, 3]'],
  ['sizes in lists', () => run('static', { size: [[3], [4]] }), '--size [[3], [4]]'],
  ['a word for yes', () => run('static', { bias: 'no' }), '--bias no', 'true or false'],
  ['a cold layer', () => run('dynamic', { temperature: 0 }), '--temperature 0'],
  ['an undefined temperature', () => run('dynamic', { temperature: Number.NaN }), 'NaN'],
  ['an unknown input', () => run('static', { input: 'noise' }), '--input noise', 'randn'],
  ['more than fits', () => run('static', { batch: 1e9 }), 'GiB', 'at most'],
  ['groups that do not divide', () => run('static', { groups: 2 }), '--in 3'],
]
const seeds: Case[] = [undefined, null, Number.NaN, 1.5, '1.5', true, {}, [1], Symbol('s')].flatMap(
  (seed, at): Case[] => [
    [`manualSeed, number ${at}`, () => seeded(seed), '--seed', '-2^63'],
    ...(seed === undefined
      ? []
      : [[`runLayer, number ${at}`, () => run('static', { seed }), '--seed', '-2^63'] as Case]),
  ],
)
const providing: Case[] = [
  ['null', () => run('static', {}, null), 'provided null'],
  ['a number', () => run('static', {}, 3), 'provided 3'],
  ['a slip', () => run('static', {}, { inptu: {} }), 'did you mean input'],
  ['another thing', () => run('static', {}, { labels: {} }), 'provided.labels'],
  ['input null', () => run('static', {}, { input: null }), 'input null', 'shape'],
  ['bare values', () => run('static', {}, { input: floats(4) }), 'a Float32Array of 4'],
  ['no source', input({ source: undefined }), 'source undefined'],
  ['odd flags', input({ flags: '--size' }), 'flags "--size"'],
  ['no shape', input({ shape: undefined }), '--input x', 'shape undefined'],
  ['a shape in words', input({ shape: '1388' }), 'shape "1388"'],
  ['a broken shape', input({ shape: [1, 3, 1.5, 8] }), '[1, 3, 1.5, 8]'],
  ['a negative shape', input({ shape: [1, 3, -8, -8] }), '[1, 3, -8, -8]'],
  ['an undefined size', input({ shape: [1, 3, Number.NaN, 8] }), 'NaN'],
  ['a shape of five axes', input({ shape: [1, 1, 3, 8, 8] }), '(batch, channel, row, col)'],
  ['nothing in it', input({ shape: [1, 3, 0, 8], values: floats(0) }), 'every size above 0'],
  ['no values', input({ values: undefined }), 'values undefined', 'Float32Array'],
  ['values in a list', input({ values: Array(192).fill(0) }), 'values [0, 0', 'Float32Array.from'],
  ['values of float64', input({ values: new Float64Array(192) }), 'a Float64Array of 192'],
  ['too few values', input({ values: floats(3) }), '3 values', '192', '[1, 3, 8, 8]'],
  ['too many values', input({ values: floats(193) }), '193 values', '192'],
  ['another size', () => run('static', { size: 9 }, provided()), '--size 9x9'],
  ['weights as a number', () => run('static', {}, { weights: 3 }), 'weights 3', 'tensors'],
  ['no tensors', () => run('static', {}, { weights: { source: 'w' } }), 'tensors undefined'],
  ['a tensor that is none', weight({ shape: undefined }), '--weights w: weight, shape undefined'],
  ['a list of weights', weight({ values: [1] }), 'values [1]', 'Float32Array'],
  ['too few weights', weight({ values: floats(1) }), '1 values', '432'],
  ['weights of another layer', weight({ shape: [432] }), 'weight is [432]', '[16, 3, 3, 3]'],
]
const preparing: Case[] = [
  ...[undefined, null, 'static', 3, {}, [], { steps: [] }, { ...trace, steps: 3 }].map(
    (value, at): Case => [`number ${at}`, () => prepare(value), 'prepareForward(', 'runLayer'],
  ),
  ['no shape', () => prepare({ ...trace, input: {} }), 'prepareForward('],
  ['no first step', () => prepare({ ...trace, steps: trace.steps.slice(1) }), 'prepareForward('],
  ['JSON', () => prepare(JSON.parse(JSON.stringify(trace))), 'values an object', 'Float32Array'],
  ['an unknown operation', () => prepare(changed({ op: 'fft' })), 'step "output"', 'runLayer'],
  ['an unknown parent', () => prepare(changed({ from: ['nobody'] })), 'step "output"'],
  ['fewer values', () => prepare(changed({ values: floats(2) })), 'step "output", 2 values'],
  [
    'an input of another shape',
    () => prepare({ ...trace, input: { shape: [1, 1, 2, 2] } }),
    'runLayer',
  ],
  ['no values', () => prepareForward(trace)(any(undefined)), 'values undefined'],
  ['a number of values', () => prepareForward(trace)(any(16)), 'values 16'],
  ['too few', () => prepareForward(trace)(floats(15)), '15 values', '16', '[1, 1, 4, 4]'],
  ['too many', () => prepareForward(trace)(floats(17)), '17 values'],
  ['a list', () => prepareForward(trace)(any(Array(16).fill(0))), 'Float32Array.from'],
  ['float64', () => prepareForward(trace)(any(new Float64Array(16))), 'a Float64Array of 16'],
]
const drawing: Case[] = [
  ...['rand', 'randn', 'uniform', 'normal'].flatMap((name) =>
    [undefined, null, -1, 1.5, Number.NaN, '3', [3, 3], 3n, 1e15, Symbol('n')].map(
      (count, at): Case => [
        `${name}, number ${at}`,
        () => generator[name](count, 0, 1),
        `${name}(`,
      ],
    ),
  ),
  ...[
    [undefined, undefined],
    [Number.NaN, 1],
    [2, 1],
    [0, Infinity],
    [-3e38, 3e38],
    ['0', 1],
    [0n, 1],
  ].map(
    (bounds, at): Case => [
      `bounds, number ${at}`,
      () => generator.uniform(3, ...bounds),
      'lower one first',
    ],
  ),
  ...[
    [undefined, undefined],
    [Number.NaN, 1],
    [0, -1],
    [0, Infinity],
    [0, '1'],
    [Symbol('m'), 1],
  ].map(
    (moments, at): Case => [
      `moments, number ${at}`,
      () => generator.normal(3, ...moments),
      'not below 0',
    ],
  ),
]

function provided() {
  return { input: { source: 'x', shape: [1, 3, 8, 8], values: floats(192) } }
}

describe.each([
  ['the name of a layer', names],
  ['options', options],
  ['seeds', seeds],
  ['what is provided', providing],
  ['prepareForward', preparing],
  ['drawing', drawing],
])('%s', (_, cases) => {
  test.each(cases)('%s', (_what, wrong, ...mentions) => {
    let error: unknown
    try {
      wrong()
    } catch (thrown) {
      error = thrown
    }
    expect(error).toBeInstanceOf(UsageError)
    const { message, text } = error as UsageError
    for (const mention of mentions) expect(message).toContain(mention)
    for (const words of [message, text.zh]) {
      expect(words).toMatch(/^.{10,300}$/) // a line, and no page of one
      expect(words).toMatch(/:|：/)
    }
    expect(text.zh).toMatch(/\p{Script=Han}/u)
  })
})
