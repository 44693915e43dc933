// Every command takes every layer, those too that are registered here alone.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { flagOf } from '../../src/base/options.ts'
import { languages } from '../../src/base/text.ts'
import { layers } from '../../src/layers/index.ts'
import type { Layer } from '../../src/layers/layer.ts'
import { convlab } from '../commands/run.ts'
import { temporaryFolder } from '../folder.ts'

vi.mock(import('../../src/layers/index.ts'), async (original) => {
  const { unusual } = await import('./unusual/index.ts')
  const actual = await original()
  return { ...actual, layers: { ...actual.layers, ...unusual } }
})

const folder = temporaryFolder()

/** Nothing that a screen may show: code's own words for what is not there. */
const leaks = /undefined|\[object|NaN(?!")/

const ways = {
  table: (name: string) => name,
  batch: (name: string) => `${name} --batch 2 --input varied --size 6`,
  '--at': (name: string) => `${name} --at 0,0,0,0`,
  '--at in JSON': (name: string) => `${name} --at 0,0,0,0 --json`,
  '--json': (name: string) => `${name} --json`,
  '--torch': (name: string) => `${name} --torch`,
  '--explain': (name: string) => `${name} --explain`,
  explain: (name: string) => `explain ${name}`,
  'explain --at': (name: string) => `explain ${name} --at 0,0,0,0`,
  help: (name: string) => `${name} --help`,
  compare: (name: string) => `compare static ${name}`,
  'compare in JSON': (name: string) => `compare ${name} static --json`,
  count: (name: string) => `count mobilenet-v2 --layer ${name} --width 0.35`,
  'count in JSON': (name: string) => `count resnet18 --layer ${name} --json`,
} as const

describe.each(Object.values(layers) as Layer[])('$name', ({ name, steps, options }) => {
  describe.each(languages)('in %s', (language) => {
    test.each(Object.entries(ways))('%s', async (_, line) => {
      const { code, stdout, stderr } = await convlab(`${line(name)} --lang ${language}`)
      expect(stderr).toBe('')
      expect(code).toBe(0)
      expect(stdout).toMatch(/\S/)
      expect(stdout).not.toMatch(leaks)
    })
  })

  test('Tab offers its flags', async () => {
    const printed = vi.spyOn(console, 'log').mockImplementation(() => {})
    await convlab(`complete -- ${name} --`)
    const flags = printed.mock.calls.flat().join('\n')
    printed.mockRestore()
    for (const key of Object.keys(options))
      expect(flags).toMatch(new RegExp(`^--(no-)?${flagOf(key).slice(2)}\\t`, 'm'))
  })

  test('every way of saving it', async () => {
    const files = ['npz', 'safetensors', 'onnx', 'py', 'json', 'html'].map((end) =>
      join(folder, `${name}.${end}`),
    )
    const { code, stderr } = await convlab([name, '--save', ...files])
    expect([code, stderr]).toEqual([0, ''])
    const trace = JSON.parse(readFileSync(files[4] as string, 'utf8'))
    expect(trace.steps.map(({ id }: { id: string }) => id)).toEqual(
      Object.keys(steps).filter((id) => trace.steps.some((step: { id: string }) => step.id === id)),
    )
  })
})
