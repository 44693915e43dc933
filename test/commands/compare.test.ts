// convlab compare: its screens, its JSON, and wrong use. A made-up clock makes the times the same.
import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import { layers } from '../../src/layers/index.ts'
import { convlab } from './run.ts'

/** Every look at the clock is 100 ms after the one before. */
function ticking(): () => number {
  let now = 0
  return () => {
    now += 100
    return now
  }
}

const compare = (line: string) => convlab(`compare ${line}`, { clock: ticking() })
const inBoth = (line: string) => [line, `${line} --lang zh`]

test.each(
  [
    '',
    'static dynamic --batch 1 --ascii',
    'static dynamic --batch 6 --input varied --size 7 -K 8',
    '--help',
  ].flatMap(inBoth),
)('the screen of convlab compare %s', async (line) => {
  const { code, stdout, stderr } = await compare(line)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toMatchSnapshot()
  for (const row of stdout.split('\n')) {
    expect(stringWidth(row), row).toBeLessThanOrEqual(80)
    expect(row).toBe(row.trimEnd())
  }
})

test('large numbers fit too, in two pieces if need be', async () => {
  for (const line of inBoth('--in 32 --out 64 --size 12 --batch 2')) {
    const { stdout } = await compare(line)
    for (const row of stdout.split('\n')) expect(stringWidth(row), row).toBeLessThanOrEqual(80)
  }
  const { stdout } = await compare('--width 40 --size 4')
  for (const name of Object.keys(layers)) expect(stdout).toMatch(new RegExp(`^ +.*${name}`, 'm'))
})

test('--ascii draws with ASCII alone', async () => {
  expect((await compare('--ascii --batch 5 --size 4')).stdout).toMatch(/^[\n -~]*$/)
})

test('--json: a layer a line, the claims, no words but the quotes', async () => {
  const { code, stdout } = await compare('--size 6 --json')
  expect(code).toBe(0)
  const json = JSON.parse(stdout)
  expect(json).toMatchObject({
    schema: 1,
    convlab: '0.0.0',
    seed: '0',
    input: { source: 'randn', shape: [2, 3, 6, 6] },
  })
  expect(json.layers.map(({ layer }: { layer: string }) => layer)).toEqual(Object.keys(layers))
  expect(json.layers[1]).toMatchObject({
    outputShape: [2, 16, 6, 6],
    milliseconds: { median: 100 },
    cost: { parameters: 1828 },
    kernelBytes: { learnt: 4 * 1728, batch: 2 * 1728 },
    attention: [{ step: 'attention', samples: [[], []].map(() => expect.any(Array)) }],
  })
  expect(json.layers[1].attention[0].samples[0]).toHaveLength(4)
  expect(json.claims.map(({ id }: { id: string }) => id)).toEqual([
    'fewer-parameters',
    'cheaper',
    'kernel-depends-on-input',
  ])
})

test('--json: of one sample, and of a single value, a deviation is "NaN"', async () => {
  const small = 'static dynamic --in 1 --out 1 -k 1 --padding 0 --size 1 --json'
  const { layers, claims } = JSON.parse((await compare(`${small} --batch 1`)).stdout)
  for (const { kernels } of layers) expect(kernels).toEqual({ spread: 0, std: 'NaN' })
  expect(layers[1].attention[0]).toMatchObject({ spread: 0, std: 'NaN' })
  for (const { std } of claims[2].evidence) expect(std).toBe('NaN')
  const two = JSON.parse((await compare(`${small} --batch 2`)).stdout)
  expect(two.layers[0].kernels.std).toBe('NaN') // still one kernel of one value
  expect(two.layers[1].kernels.std).toBeGreaterThan(0)
})

test('a layer named twice stands there once', async () => {
  const { layers } = JSON.parse((await compare('dynamic dynamic --size 4 --json')).stdout)
  expect(layers).toHaveLength(1)
})

test.each([
  ['dynmic', 'did you mean dynamic'],
  ['static fish', 'unknown layer fish'],
  ['static -K abc', '--kernels abc'],
  ['--groups 2', '--in 3'],
  ['-k 7 --size 2', 'kernel 7'],
  ['--batch 0', '--batch 0'],
  ['--input cat', '--input cat'],
  ['--values', '--values'],
  ['--foo', '--foo'],
])('convlab compare %s is refused in a line', async (line, names) => {
  for (const language of ['en', 'zh']) {
    const { code, stdout, stderr } = await compare(`${line} --lang ${language}`)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/^convlab: .+\n$/)
    if (language === 'en') expect(stderr).toContain(names)
  }
})
