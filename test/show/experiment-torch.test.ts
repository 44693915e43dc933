// The experiments as PyTorch programs: whole, and from the same tables. That they train to the same
// results is tested under a real torch: npm run test:torch.
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { pythonLiteral } from '../../src/layers/python-literal.ts'
import { modelsOf, usualSeeds } from '../../src/training/experiment.ts'
import { experiments } from '../../src/training/index.ts'
import { trainingNetworks } from '../../src/training/training-networks.ts'
import { convlab } from '../commands/run.ts'
import { digitsFile } from '../training/source.ts'

describe.each(experiments.map((experiment) => [experiment.name, experiment] as const))(
  '%s',
  (name, experiment) => {
    test('has its models, questions, tests and settings', async () => {
      const { code, stdout } = await convlab(`experiment ${name} --torch`)
      expect(code).toBe(0)
      for (const model of modelsOf(experiment)) expect(stdout).toContain(`    '${model}': {'kind'`)
      for (const question of experiment.questions) expect(stdout).toContain(`['${question.id}', `)
      for (const set of experiment.tests) expect(stdout).toContain(`    '${set.name}': ('test', `)
      const { training } = trainingNetworks[experiment.network]
      expect(stdout).toContain(`\nSTEPS = ${training.steps}\n`)
      expect(stdout).toContain(`\nSEEDS = ${pythonLiteral([...Array(usualSeeds).keys()])}\n`)
      // what saving.ts writes of diverged runs is a word
      expect(stdout.replace('"NaN"', '')).not.toMatch(/undefined|NaN|\[object/)
      expect(stdout.match(/^def draw\(/gm), 'one way to draw').toHaveLength(1)
    })
  },
)

test('the digits travel along, as they are', async () => {
  const { stdout } = await convlab('experiment digits --torch')
  const [, text = ''] = /DIGITS = '''\n(.*?)\n'''/s.exec(stdout) ?? []
  const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
  expect(sha256(Buffer.from(text, 'base64'))).toBe(sha256(digitsFile))
  expect(stdout).toContain('CC BY 4.0')
})

test('models and seeds that are asked for are what it trains', async () => {
  const { stdout } = await convlab('experiment scale --models D4,S --seeds 3,5 --torch')
  expect(stdout).toContain("\nTRAINED = ['S', 'D4']\n")
  expect(stdout).toContain('\nSEEDS = [3, 5]\n')
})

test.each(['--json', '--save x.json'])('is not mixed with %s', async (flag) => {
  const { code, stderr } = await convlab(`experiment filter --torch ${flag}`)
  expect(code).toBe(2)
  expect(stderr).toContain(`leave out ${flag.split(' ')[0]}`)
})

test('plain data as Python', () => {
  expect(pythonLiteral({ a: [1, 0.5, true], "it's": 'x\\y' })).toBe(
    "{'a': [1, 0.5, True], 'it\\'s': 'x\\\\y'}",
  )
})
