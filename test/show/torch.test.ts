// The PyTorch program of a run on files. That it computes the same is shown by test/torch/files.py.
import { describe, expect, test } from 'vitest'
import { layers } from '../../src/layers/index.ts'
import { planRun } from '../../src/run/plan.ts'
import type { Provided } from '../../src/run/provided.ts'
import { traceLayer } from '../../src/run/run.ts'
import { renderTorch } from '../../src/show/torch.ts'

describe.each(Object.values(layers))('the program of $name', (layer) => {
  const { parameters } = traceLayer(layer, { size: 4 })
  const tensors = Object.fromEntries(parameters.map(({ name, ...values }) => [name, values]))
  const program = (provided: Provided) => {
    const plan = planRun(layer, { size: 4 }, provided)
    return renderTorch(plan, layer.torch(plan.config))
  }

  test.each(['w.safetensors', 'w.npz'])(
    '%s is loaded when the layer stands, before it is used',
    (source) => {
      const lines = program({ weights: { source, tensors } }).split('\n')
      const at = (start: RegExp) => lines.findIndex((line) => start.test(line))
      expect(at(/^layer = /)).toBeGreaterThan(0)
      expect(at(/^layer\.load_state_dict\(/)).toBeGreaterThan(at(/^layer = /))
      expect(at(/^(show\(|output = )/)).toBeGreaterThan(at(/^layer\.load_state_dict\(/))
    },
  )

  test('a name is written as Python reads it, and cannot end the line', () => {
    const source = `it's "a"\nimport os.npy`
    const input = { source, shape: [1, 3, 4, 4], values: new Float32Array(48) }
    const text = program({ input })
    expect(text).toContain(`numpy.load('it\\'s "a"\\nimport os.npy')`)
    expect(text).not.toMatch(/^import os/m)
  })
})
