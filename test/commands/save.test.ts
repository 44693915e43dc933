// --save: every form is what the run was, and a refusal leaves the disk as it was.
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { languages } from '../../src/base/text.ts'
import { readNpy, writeNpy } from '../../src/files/npy.ts'
import { readNpz } from '../../src/files/npz.ts'
import { readSafetensors, writeSafetensors } from '../../src/files/safetensors.ts'
import { layers } from '../../src/layers/index.ts'
import { traceLayer } from '../../src/run/run.ts'
import { decodePayload, PAYLOAD } from '../../src/show/html/payload.ts'
import { file, joined } from '../files/fixtures.ts'
import { temporaryFolder } from '../folder.ts'
import { convlab } from './run.ts'

const root = temporaryFolder()
let folders = 0

/** An empty folder, and a runner that puts it where @ stands. */
function workspace() {
  const folder = join(root, String(folders++))
  mkdirSync(folder)
  return {
    at: (name: string) => join(folder, name),
    bytes: (name: string) => new Uint8Array(readFileSync(join(folder, name))),
    list: () => readdirSync(folder).sort(),
    run: (args: string, surroundings = {}) =>
      convlab(args.replaceAll('@', `${folder}/`), surroundings),
  }
}

/** Names of vocabularies look like addresses, but nothing asks for them. */
function allowedIn(html: string): string[] {
  return html.match(/https?:(?=\/\/www\.w3\.org\/)/g) ?? []
}

describe.each(Object.values(layers))('$name', (layer) => {
  const given = { out: 4, size: '5x6', batch: 2, seed: 3 }
  const flags = '--out 4 --size 5x6 --batch 2 --seed 3'
  const trace = traceLayer(layer, given)

  test('saves every form at once, and still prints the run', async () => {
    const { run, bytes, list } = workspace()
    const files = [
      'run.npz',
      'layer.safetensors',
      'layer.onnx',
      'same.py',
      'trace.json',
      'page.html',
    ]
    const plain = await run(`${layer.name} ${flags}`)
    expect(
      await run(`${layer.name} ${flags} --save ${files.map((name) => `@${name}`).join(' ')}`),
    ).toEqual(plain)
    expect(list()).toEqual([...files].sort())

    const arrays = readNpz(bytes('run.npz'))
    const expected = [
      ...trace.steps.map(({ id, shape, values }) => [id, { shape: [...shape], values }]),
      ...trace.parameters.map(({ name, shape, values }) => [
        `param/${name}`,
        { shape: [...shape], values },
      ]),
    ]
    expect(Object.entries(arrays)).toEqual(expected)

    const { tensors, metadata } = readSafetensors(bytes('layer.safetensors'))
    expect(Object.keys(tensors).sort()).toEqual(trace.parameters.map(({ name }) => name).sort())
    for (const { name, values } of trace.parameters) expect(tensors[name]?.values).toEqual(values)
    expect(JSON.parse(metadata.config!)).toEqual(trace.config)
    expect(metadata.temperature).toBe(
      'temperature' in trace.config ? String(trace.config.temperature) : undefined,
    )

    const json = JSON.parse(new TextDecoder().decode(bytes('trace.json')))
    expect(json.steps.at(-1).values.map(Math.fround)).toEqual([...trace.steps.at(-1)!.values])
    expect(new TextDecoder().decode(bytes('same.py'))).toBe(
      (await run(`${layer.name} ${flags} --torch`)).stdout,
    )

    const html = new TextDecoder().decode(bytes('page.html'))
    const [, carried = ''] = new RegExp(`id="${PAYLOAD}">([^<]*)</script>`).exec(html) ?? []
    const payload = decodePayload(carried)
    expect(traceLayer(layer, payload.given, payload.provided)).toEqual(trace)
    expect(payload).toMatchObject({ layer: layer.name, language: 'en', version: '0.0.0' })
    expect(Object.keys(payload.claims)).toEqual(trace.steps.map(({ id }) => id))
    expect(html.match(/https?:/g) ?? []).toEqual(allowedIn(html))
  })

  test('a saved run is run again from its files', async () => {
    const { run, at } = workspace()
    await run(`${layer.name} ${flags} --save @run.npz @layer.safetensors`)
    for (const weights of ['@run.npz', '@layer.safetensors']) {
      const again = await run(
        `${layer.name} --out 4 --input @run.npz:input --weights ${weights} --json --values`,
      )
      const trace2 = JSON.parse(again.stdout)
      expect(trace2.input.source).toBe(`${at('run.npz')}:input`)
      expect(trace2.steps.at(-1).values.map(Math.fround)).toEqual([...trace.steps.at(-1)!.values])
    }
  })
})

test('a program brings along what it cannot draw', async () => {
  const { run, at, bytes, list } = workspace()
  writeFileSync(at('photo.png'), file('rgb-8.png'))
  const weights = { shape: [4, 3, 3, 3], values: new Float32Array(108).fill(0.5) }
  writeFileSync(
    at('w.safetensors'),
    joined(writeSafetensors({ tensors: { weight: weights }, metadata: {} })),
  )
  const args =
    'static --out 4 --no-bias --input @photo.png --weights @w.safetensors --save @same.py @run.npz'
  expect((await run(args)).code).toBe(0)
  expect(list()).toEqual([
    'photo.png',
    'run.npz',
    'same.input.npy',
    'same.py',
    'same.weights.safetensors',
    'w.safetensors',
  ])
  expect(readNpy(bytes('same.input.npy'))).toEqual(readNpz(bytes('run.npz'), ['input']).input)
  expect(readSafetensors(bytes('same.weights.safetensors')).tensors.weight).toEqual(weights)
  const program = new TextDecoder().decode(bytes('same.py'))
  expect(program).toContain("numpy.load(Path(__file__).with_name('same.input.npy'))")
  expect(program).toContain(
    "layer.load_state_dict(load_file(Path(__file__).with_name('same.weights.safetensors')))",
  )
})

test('--force replaces, and only then', async () => {
  const { run, at, bytes, list } = workspace()
  writeFileSync(at('trace.json'), 'precious')
  const { code, stderr } = await run('static --size 3 --save @run.npz @trace.json')
  expect({ code, list: list() }).toEqual({ code: 2, list: ['trace.json'] })
  expect(stderr).toContain('exists already: add --force')
  expect(new TextDecoder().decode(bytes('trace.json'))).toBe('precious')
  expect((await run('static --size 3 --force --save @run.npz @trace.json')).code).toBe(0)
  expect(list()).toEqual(['run.npz', 'trace.json'])
  expect(JSON.parse(new TextDecoder().decode(bytes('trace.json'))).layer).toBe('static')
})

test('a disk that refuses the last file keeps none of them', async () => {
  const { run, at, list } = workspace()
  symlinkSync('/dev/full', at(`.trace.json.${process.pid}.part`)) // the place to write is taken
  const { code, stdout, stderr } = await run(
    'static --size 3 --save @run.npz @layer.onnx @trace.json',
  )
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toMatch(/^convlab: --save [^\n]+EEXIST[^\n]*\n$/)
  expect(list()).toEqual([])
})

const wrong: [args: string, names: string][] = [
  ['static --save', '--save'],
  ['static --save @run', '.npz, .safetensors, .onnx, .py, .json, .html'],
  ['static --save @run.htm', '.npz, .safetensors, .onnx, .py, .json, .html'],
  ['static --save @there.html', 'exists already'],
  ['static --save @there.html --open', 'exists already'],
  ['static --save @run.npz @run.pt', 'run.pt'],
  ['static --save @run.npz @run.npz', 'once'],
  ['static --save @run.npz @./run.npz', 'once'],
  ['static --save @none/run.npz', 'no folder'],
  ['static --save @x.npy/run.npz', 'no folder'],
  ['static --save @folder.npz', 'is a folder'],
  ['static --save @folder.npz --force', 'is a folder'],
  ['static --save @there.py', 'exists already'],
  ['static --input @x.npy --save @same.py', 'same.input.npy exists already'],
  ['static --in 1 --out 1 --input @large.npy --save @page.html', '16777216'],
  ['static --force', '--save'],
  ['static --save @run.npz --in 0', '--in 0'],
]

describe.each(wrong)('convlab %s', (args, names) => {
  test.each(languages)('is answered by one line, and nothing is written (%s)', async (language) => {
    const { run, at, list } = workspace()
    writeFileSync(at('x.npy'), joined(writeNpy({ shape: [3, 4, 4], values: new Float32Array(48) })))
    writeFileSync(at('there.py'), '')
    writeFileSync(at('there.html'), '')
    if (args.includes('large')) {
      const values = new Float32Array(2 ** 24 + 4096)
      writeFileSync(at('large.npy'), joined(writeNpy({ shape: [1, 4097, 4096], values })))
    }
    writeFileSync(at('same.input.npy'), '')
    mkdirSync(at('folder.npz'))
    const before = list()
    const { code, stdout, stderr } = await run(args, { locale: language })
    expect({ code, stdout, list: list() }).toEqual({ code: 2, stdout: '', list: before })
    expect(stderr).toMatch(/^convlab: [^\n]+\n$/)
    if (language === 'en') expect(stderr).toContain(names)
    else expect(stderr).toMatch(/\p{Script=Han}/u)
  })
})
