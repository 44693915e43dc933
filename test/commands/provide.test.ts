// --input FILE and --weights FILE: runs on the user's own data.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { languages } from '../../src/base/text.ts'
import { writeNpy } from '../../src/files/npy.ts'
import { writeNpz } from '../../src/files/npz.ts'
import { writeSafetensors } from '../../src/files/safetensors.ts'
import { layers } from '../../src/layers/index.ts'
import { traceLayer } from '../../src/run/run.ts'
import { file, joined } from '../files/fixtures.ts'
import { temporaryFolder } from '../folder.ts'
import { convlab } from './run.ts'

const folder = temporaryFolder()
const at = (name: string) => join(folder, name)

/** A run whose input and parameters are saved, to be read back. */
const original = traceLayer(layers.dynamic, {
  in: 2,
  out: 4,
  size: '5x6',
  batch: 2,
  seed: 3,
  temperature: 30,
})
const input = { shape: original.input.shape, values: original.steps[0]!.values }
const weights = Object.fromEntries(original.parameters.map(({ name, ...values }) => [name, values]))
const marked = Object.fromEntries(
  Object.entries(weights).map(([name, each]) => [`param/${name}`, each]),
)
const metadata = { temperature: '30' }

for (const [name, pieces] of Object.entries({
  'x.npy': writeNpy(input),
  'x.npz': writeNpz({ input, other: { shape: [2, 2], values: new Float32Array(4) } }),
  'one.npz': writeNpz({ input }),
  'w.safetensors': writeSafetensors({ tensors: weights, metadata }),
  'w.npz': writeNpz(weights),
  'trace.npz': writeNpz({ input, ...marked }),
  'surplus.npz': writeNpz({ ...weights, momentum: { shape: [3], values: new Float32Array(3) } }),
  'nameless.npz': writeNpz({}),
  'three.npy': writeNpy({ ...input, shape: [4, 5, 6] }),
  'two.npy': writeNpy({ ...input, shape: [20, 6] }),
  'five.npy': writeNpy({ ...input, shape: [1, ...input.shape] }),
  'empty.npy': writeNpy({ shape: [1, 3, 0, 4], values: new Float32Array(0) }),
  'rgb.png': [file('rgb-8.png')],
  'grey.png': [file('grey-8.png')],
  'text.png': [new TextEncoder().encode('not an image')],
}))
  writeFileSync(at(name), joined(pieces))

const flags = '--in 2 --out 4'
const run = async (args: string) => {
  const { code, stdout, stderr } = await convlab(
    `${args} --json --values`.replaceAll('@', `${folder}/`),
  )
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return JSON.parse(stdout)
}
const stepsOf = (trace: { readonly steps: readonly { id: string; values: Iterable<number> }[] }) =>
  trace.steps.map(({ id, values }) => [id, [...values].map(Math.fround)])

describe.each(['x.npy', 'x.npz:input', 'one.npz'])('--input %s', (name) => {
  test('replaces what the seed would draw, and the seed draws the rest', async () => {
    const trace = await run(`dynamic --out 4 --seed 3 --input @${name}`)
    expect(trace.input).toEqual({
      source: at(name) + (name === 'one.npz' ? ':input' : ''),
      shape: [2, 2, 5, 6],
    })
    expect(trace.config.in).toBe(2)
    expect(trace.steps[0].values.map(Math.fround)).toEqual([...input.values])
    const first = trace.parameters[0].values.map(Math.fround)
    expect(first).not.toEqual([...original.parameters[0]!.values])
  })
})

describe.each(['w.safetensors', 'w.npz', 'trace.npz'])('--weights %s', (name) => {
  test('gives the same steps again', async () => {
    const temperature = name === 'w.safetensors' ? '' : '-T 30'
    const trace = await run(`dynamic ${flags} ${temperature} --input @x.npy --weights @${name}`)
    expect(trace.weights).toEqual({ source: at(name) })
    expect(trace.config.temperature).toBe(30)
    expect(stepsOf(trace)).toEqual(stepsOf(original))
  })
})

test('a temperature that is given outdoes the one in the file', async () => {
  const trace = await run(`dynamic ${flags} -T 2 --input @x.npy --weights @w.safetensors`)
  expect(trace.config.temperature).toBe(2)
})

test('with weights the input is drawn as without', async () => {
  const trace = await run(`dynamic ${flags} --size 5x6 --batch 2 --seed 3 --weights @w.safetensors`)
  expect(stepsOf(trace)).toEqual(stepsOf(original))
})

test.each([
  ['three.npy', [1, 4, 5, 6]],
  ['two.npy', [1, 1, 20, 6]],
])('--input %s: axes that are missing are of size 1', async (name, shape) => {
  expect((await run(`static --input @${name}`)).input.shape).toEqual(shape)
})

test.each([
  'dynamic -K 2',
  `dynamic --out 4 --hidden 4 --input ${at('x.npy')}`,
  `dynamic --in 2 --out 4 --weights ${at('w.npz')}`,
])('the look closer that %s advises can be had', async (line) => {
  const { stdout } = await convlab(`${line} --width 1000`)
  const [, command = ''] = /Look closer: convlab (.*?) {3}/.exec(stdout) ?? []
  const { code, stderr } = await convlab(command)
  expect([code, stderr, command]).toEqual([0, '', expect.stringContaining('explain')])
})

test('the command of a run gives the run again', async () => {
  const args = `dynamic --input @rgb.png --size 8x9 --in 3 --normalize imagenet --out 4`
  const { stdout } = await convlab(`${args} --json`.replaceAll('@', `${folder}/`))
  expect(JSON.parse(stdout).input.shape).toEqual([1, 3, 8, 9])
  const program = await convlab(
    `static --input @x.npy --weights @w.npz --torch`.replaceAll('@', `${folder}/`),
  )
  expect(program.code).toBe(2)
  const { stdout: torch } = await convlab(
    `dynamic ${flags} -T 30 --input @x.npy --weights @w.npz --torch`.replaceAll('@', `${folder}/`),
  )
  expect(torch.split('\n')[0]).toBe(
    `# What "convlab dynamic --out 4 --temperature 30 --input ${at('x.npy')} --weights ${at('w.npz')}" computes, in PyTorch.`,
  )
})

const wrong: [args: string, names: string][] = [
  ['static --input @none.npy', 'no such file'],
  ['static --input @none.png', 'no such file'],
  ['static --input @x.npy/y.npy', 'not a folder'],
  [`static --input ${'y'.repeat(300)}.npy`, 'too long'],
  ['static --input @x.npz', 'has input, other: use --input'],
  ['static --input @nameless.npz', 'none'],
  ['static --input @x.npz:missing', 'no array "missing", expected one of "input", "other"'],
  ['static --input @five.npy', '[1, 2, 2, 5, 6]'],
  ['static --input @empty.npy', '[1, 3, 0, 4]'],
  ['static --input @x.npy --in 3', '--in 3 contradicts'],
  ['static --input @x.npy --batch 1', 'use --batch 2'],
  ['static --input @x.npy --size 5', 'use --size 5x6'],
  ['static --input @rgb.png --batch 2', '--batch 2 contradicts'],
  ['static --input @rgb.png --in 2', '--in 2'],
  ['static --input @rgb.png --size 0', '--size 0'],
  ['static --input @rgb.png --size 100000', 'pixels'],
  ['static --input @text.png', 'no whole PNG, JPEG, WebP'],
  ['static --input @x.npy --normalize imagenet', '--normalize imagenet'],
  ['static --input @rgb.png --normalize coco', '--normalize coco'],
  ['static --input @grey.png --normalize imagenet', '3 channels'],
  ['static --input x.bmp', '.avif, .npy'],
  ['static --weights w.pt', '.safetensors or .npz'],
  ['static --weights @none.npz', 'no such file'],
  [`dynamic ${flags} --weights @surplus.npz`, 'momentum [3] is not in this layer'],
  [
    `dynamic ${flags} -K 5 --weights @w.npz`,
    'attention.fc1.weight is [4, 2, 1, 1], expected [5, 2, 1, 1]',
  ],
  [
    `dynamic --in 2 --out 8 --weights @w.npz`,
    'weight is [4, 4, 2, 3, 3], expected [4, 8, 2, 3, 3]',
  ],
  [`static ${flags} --weights @nameless.npz`, 'weight [4, 2, 3, 3] is missing'],
  [`static ${flags} --weights @w.npz`, 'weight is [4, 4, 2, 3, 3], expected [4, 2, 3, 3]'],
  [`dynamic ${flags} --no-bias --weights @w.npz`, 'bias [4, 4] is not in this layer'],
]

describe.each(wrong)('convlab %s', (args, names) => {
  test.each(languages)('is answered by one line (%s)', async (language) => {
    const given = args.replaceAll('@', `${folder}/`)
    const { code, stdout, stderr } = await convlab(given, { locale: language })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/^convlab: [^\n]+\n$/)
    if (language === 'en') expect(stderr).toContain(names)
    else expect(stderr).toMatch(/\p{Script=Han}/u)
  })
})
