// --weights: what is taken, and what is said of files that do not fit. What a message advises is done
// here, and must help.
import { closeSync, openSync, truncateSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Language, languages } from '../../src/base/text.ts'
import { largestFile } from '../../src/files/limits.ts'
import { writeNpz } from '../../src/files/npz.ts'
import { writeSafetensors } from '../../src/files/safetensors.ts'
import { layers } from '../../src/layers/index.ts'
import type { Layer } from '../../src/layers/layer.ts'
import type { Values } from '../../src/run/provided.ts'
import { traceLayer } from '../../src/run/run.ts'
import { joined } from '../files/fixtures.ts'
import { temporaryFolder } from '../folder.ts'
import { convlab } from './run.ts'

const folder = temporaryFolder()
const at = (name: string) => join(folder, name)

type Tensors = Record<string, Values>

function tensorsOf(name: string, given: Record<string, unknown>): Tensors {
  const { parameters } = traceLayer(layers[name as keyof typeof layers] as Layer, given)
  return Object.fromEntries(parameters.map(({ name, shape, values }) => [name, { shape, values }]))
}

function save(name: string, tensors: Tensors, metadata = {}): string {
  const pieces = name.endsWith('.npz') ? writeNpz(tensors) : writeSafetensors({ tensors, metadata })
  writeFileSync(at(name), joined(pieces))
  return at(name)
}

/** The one line that answers these arguments. */
async function answer(args: string, language: Language = 'en'): Promise<string> {
  const { code, stdout, stderr } = await convlab(args, { locale: language })
  expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: '' })
  expect(stderr).toMatch(/^convlab: [^\n]+\n$/)
  return stderr
}

async function runs(args: string): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await convlab(`${args} --json`)
  expect({ args, code, stderr }).toEqual({ args, code: 0, stderr: '' })
  return JSON.parse(stdout)
}

/** Flags of a message: those to use, those to leave out. */
function flagsIn(message: string): { use: string; leave: string[] } {
  const [, use = ''] = /(?:use|请用|，请用) ((?:--[\w-]+(?: [\dx]+)? ?)+)/.exec(message) ?? []
  const [, leave = ''] = /(?:leave out|去掉) ((?:--[\w-]+ ?)+)/.exec(message) ?? []
  return { use: use.trim(), leave: leave.trim().split(' ').filter(Boolean) }
}

const unfit: [layer: string, made: Record<string, unknown>, flags: string, use: string][] = [
  ['static', { out: 8, kernelSize: '3x5' }, '', '--out 8 --kernel-size 3x5'],
  ['static', { in: 6, out: 6, groups: 3, bias: false }, '--in 6 --out 6', '--groups 3 --no-bias'],
  ['dynamic', { kernels: 5 }, '', '--kernels 5'],
  ['dynamic', { kernels: 5 }, '-K 7', '--kernels 5'],
  ['dynamic', { hidden: 3, in: 8 }, '', '--in 8 --hidden 3'],
  ['dynamic', {}, '--no-bias', ''],
  [
    'condconv',
    { in: 4, out: 6, groups: 2, kernels: 2 },
    '--out 6',
    '--in 4 --groups 2 --kernels 2',
  ],
  ['odconv', { in: 64, reduction: 2 }, '', '--in 64 --reduction 2'],
  ['odconv', { in: 64, reduction: 2 }, '--in 64 --reduction 1', '--reduction 2'],
  ['odconv', { kernels: 1, kernelSize: 1 }, '', '--kernel-size 1 --kernels 1'],
  ['odconv', { in: 8, out: 8, groups: 8 }, '', '--in 8 --out 8 --groups 8'],
]

describe.each(unfit)('weights of %s %j for %j', (layer, made, flags, use) => {
  test.each(languages)('name the flags that they fit, and do fit (%s)', async (language) => {
    const file = save('unfit.safetensors', tensorsOf(layer, { size: 4, padding: 2, ...made }))
    const message = await answer(`${layer} ${flags} --weights ${file}`, language)
    const told = flagsIn(message)
    expect(told.use.split(' ').sort().join(' ')).toBe(use.split(' ').sort().join(' '))
    const kept = flags.split(' ').filter((flag) => !told.leave.includes(flag))
    await runs(`${layer} ${kept.join(' ')} ${told.use} --weights ${file}`)
  })
})

test('of --in and --groups, shapes of a static layer tell the quotient only, which is said', async () => {
  const file = save('depthwise.npz', tensorsOf('static', { in: 8, out: 8, groups: 8 }))
  const message = await answer(`static --weights ${file}`)
  expect(message).toContain('of --in and --groups they tell the quotient only')
  await runs(`static --in 8 --out 8 --groups 8 --weights ${file}`)
  const other = save('condconv.npz', tensorsOf('condconv', { in: 8 }))
  expect(await answer(`condconv --weights ${other}`)).not.toContain('quotient')
})

test('no flag is advised where none helps', async () => {
  const dynamic = save('dynamic.safetensors', tensorsOf('dynamic', {}))
  expect(await answer(`static --weights ${dynamic}`)).toContain('no flags of static fit')
  expect(await answer(`odconv --weights ${dynamic}`)).toContain('no flags of odconv fit')
  const odconv = save('odconv.npz', tensorsOf('odconv', {}))
  expect(await answer(`dynamic --weights ${odconv}`)).toContain('no flags of dynamic fit')
  const extra = { shape: [3], values: new Float32Array(3) }
  const surplus = save('surplus.npz', { ...tensorsOf('dynamic', {}), extra })
  expect(await answer(`dynamic --weights ${surplus}`)).toContain('save the weights without it')
  const input = save('x.npz', { x: { shape: [1, 5, 6, 6], values: new Float32Array(180) } })
  expect(
    await answer(`static --input ${input} --weights ${save('s.npz', tensorsOf('static', {}))}`),
  ).toContain('they take 3 input channels, and')
})

test('num_batches_tracked may be missing, as PyTorch takes it, and nothing else may', async () => {
  const { 'attention.bn.num_batches_tracked': _, ...old } = tensorsOf('odconv', { seed: 3 })
  const trace = await runs(`odconv --weights ${save('old.safetensors', old)}`)
  const found = (trace.parameters as { name: string; values: number[] }[]).find(({ name }) =>
    name.endsWith('tracked'),
  )
  expect(found?.values).toEqual([0])
  const { 'attention.bn.running_mean': __, ...less } = old
  expect(await answer(`odconv --weights ${save('less.npz', less)}`)).toContain(
    'attention.bn.running_mean [16] is missing',
  )
})

/** Convolutions, batch norms and a classifier, named as torchvision's networks are. */
const checkpoint: Tensors = (() => {
  const values = (shape: number[]): Values => ({
    shape,
    values: new Float32Array(shape.reduce((a, b) => a * b, 1)),
  })
  const norm = (name: string, channels: number) =>
    ['weight', 'bias', 'running_mean', 'running_var'].map((each): [string, Values] => [
      `${name}.${each}`,
      values([channels]),
    ])
  return Object.fromEntries([
    ['conv1.weight', values([8, 3, 7, 7])],
    ...norm('bn1', 8),
    ...['layer1.0', 'layer1.1'].flatMap((block): [string, Values][] => [
      [`${block}.conv1.weight`, values([8, 8, 3, 3])],
      ...norm(`${block}.bn1`, 8),
      [`${block}.conv2.weight`, values([8, 8, 3, 3])],
      ...norm(`${block}.bn2`, 8),
    ]),
    ['fc.weight', values([10, 8])],
    ['fc.bias', values([10])],
  ])
})()

describe.each(['net.safetensors', 'net.npz'])('a whole checkpoint, %s', (name) => {
  test.each(languages)(
    'is called one, with the layers that fit and a way out (%s)',
    async (language) => {
      const file = save(name, checkpoint)
      const message = await answer(`static --in 8 --out 8 --no-bias --weights ${file}`, language)
      expect(message).toContain(String(Object.keys(checkpoint).length))
      expect(message).toMatch(/conv1\., layer1\.0\.conv1\.|conv1\.、layer1\.0\.conv1\./)
      expect(message).not.toMatch(/bn1|fc\./)
      expect(message).toContain(name.endsWith('npz') ? 'numpy.savez' : 'save_file')
      expect(message).toContain("k.startswith('layer1.0.conv1.')")
      // what the Python line does
      const [, cut = ''] = /k\[(\d+):\]/.exec(message) ?? []
      const prefix = 'layer1.0.conv1.'
      const taken = Object.entries(checkpoint)
        .filter(([key]) => key.startsWith(prefix))
        .map(([key, each]): [string, Values] => [key.slice(Number(cut)), each])
      const extension = name.slice(name.lastIndexOf('.'))
      expect(message).toContain(`--weights layer1.0.conv1${extension}`)
      const layer = save(`layer1.0.conv1${extension}`, Object.fromEntries(taken))
      await runs(`static --in 8 --out 8 --no-bias --weights ${layer}`)
    },
  )

  test('names the flags that the layer taken out needs', async () => {
    const message = await answer(`static --weights ${save(name, checkpoint)}`)
    expect(message).toMatch(/ 5 of its layers would fit static/)
    const [, flags = ''] = /then use --weights \S+ ([^\n]+)\n/.exec(message) ?? []
    const [, file] = /then use --weights (\S+)/.exec(message) ?? []
    const prefix = file?.replace(/\.\w+$/, '.') as string
    const weight = checkpoint[`${prefix}weight`] as Values
    await runs(`static ${flags} --weights ${save(file as string, { weight })}`)
  })

  test('for a layer that it has nowhere, is not said to have one', async () => {
    expect(await answer(`dynamic --weights ${save(name, checkpoint)}`)).toContain(
      'none of its layers would fit dynamic',
    )
  })
})

test('a file larger than may be read is no reason to refuse a layer in it', async () => {
  const { weight, bias } = tensorsOf('static', { seed: 5 }) as { weight: Values; bias: Values }
  const size = 2 * largestFile
  const ends = [size, size + 4 * 432, size + 4 * 448]
  const header = JSON.stringify({
    big: { dtype: 'F32', shape: [size / 4], data_offsets: [0, ends[0]] },
    weight: { dtype: 'F32', shape: weight.shape, data_offsets: [ends[0], ends[1]] },
    bias: { dtype: 'F32', shape: bias.shape, data_offsets: [ends[1], ends[2]] },
  })
  const file = at('large.safetensors')
  const head = new Uint8Array(8 + header.length)
  new DataView(head.buffer).setUint32(0, header.length, true)
  head.set(new TextEncoder().encode(header), 8)
  writeFileSync(file, head)
  truncateSync(file, head.length + size) // a hole, which takes no room on the disk
  const opened = openSync(file, 'r+')
  writeSync(opened, weight.values, 0, weight.values.byteLength, head.length + size)
  writeSync(opened, bias.values, 0, bias.values.byteLength, head.length + ends[1]!)
  closeSync(opened)
  const message = await answer(`static --weights ${file}`)
  expect(message).toContain('big')
  expect(message).toContain('save the weights without it')
})
