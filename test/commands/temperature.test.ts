// Weights from a file that names no temperature: it is said where a reader looks.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { languages } from '../../src/base/text.ts'
import { writeNpz } from '../../src/files/npz.ts'
import { writeSafetensors } from '../../src/files/safetensors.ts'
import { layers } from '../../src/layers/index.ts'
import type { Layer } from '../../src/layers/layer.ts'
import { traceLayer } from '../../src/run/run.ts'
import { joined } from '../files/fixtures.ts'
import { temporaryFolder } from '../folder.ts'
import { convlab } from './run.ts'

const folder = temporaryFolder()

function save(name: string, layer: unknown, metadata = {}): string {
  const { parameters } = traceLayer(layer as Layer, {})
  const tensors = Object.fromEntries(parameters.map((each) => [each.name, each]))
  const pieces = name.endsWith('.npz') ? writeNpz(tensors) : writeSafetensors({ tensors, metadata })
  writeFileSync(join(folder, name), joined(pieces))
  return join(folder, name)
}

async function runs(args: string): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await convlab(`${args} --json`)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return JSON.parse(stdout)
}

describe('a temperature that nobody named', () => {
  const bare = save('bare.npz', layers.dynamic)
  const named = save('named.safetensors', layers.dynamic, { temperature: '30' })
  const plain = save('plain.npz', layers.static)
  const words = { en: 'names no temperature, so T = 1', zh: '没有写明温度，这里取 T = 1' }

  test.each(languages)(
    'is said at the head of the table and of the explanation (%s)',
    async (lang) => {
      for (const form of ['', '--explain']) {
        const args = `dynamic ${form} --weights ${bare} --lang ${lang} --width 200`
        const { code, stdout, stderr } = await convlab(args)
        expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
        const head = stdout.split('\n').slice(0, 4).join('\n')
        expect(head).toContain(words[lang])
        expect(head).toContain('-T')
      }
    },
  )

  test.each([
    `dynamic -T 1 --weights ${bare}`,
    `dynamic --weights ${named}`,
    `static --weights ${plain}`,
    'dynamic',
    `dynamic -T 30 --explain --weights ${bare}`,
  ])('nothing is said of it where there is nothing to say: %s', async (args) => {
    expect((await convlab(`${args} --width 200`)).stdout).not.toContain('names no temperature')
    if (!args.includes('--explain'))
      expect((await runs(args)).weights ?? {}).not.toHaveProperty('assumesTemperature')
  })

  test('programs are told, too', async () => {
    expect((await runs(`dynamic --weights ${bare}`)).weights).toEqual({
      source: bare,
      assumesTemperature: true,
    })
  })
})
