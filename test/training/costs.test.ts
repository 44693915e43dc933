// Parameters and multiply-adds of every model, counted by hand for the specification.
import { expect, test } from 'vitest'
import { modelCostOf } from '../../src/training/model-cost.ts'
import { modelNamed } from '../../src/training/models.ts'
import { architectureOf, trainingNetworks } from '../../src/training/training-networks.ts'

test.each([
  ['glyphs', 'S', [8, 16, 16], 3704, 129152],
  ['glyphs', 'S-full', [8, 16, 16], 3704, 129152],
  ['glyphs', 'S-madd', [9, 17, 17], 4246, 150616],
  ['glyphs', 'S-par', [22, 30, 31], 14847, 565016],
  ['glyphs', 'U4', [8, 16, 16], 14408, 129152],
  ['glyphs', 'D4', [8, 16, 16], 14740, 143720],
  ['glyphs', 'D1', [8, 16, 16], 3955, undefined],
  ['glyphs', 'C4', [8, 16, 16], 14520, undefined],
  ['glyphs', 'SE', [8, 16, 16], 4288, undefined],
  ['digits', 'S', [8, 16], 1898, 23680],
  ['digits', 'S-madd', [9, 18], 2296, 29232],
  ['digits', 'S-par', [19, 27], 5924, 85896],
  ['digits', 'U4', [8, 16], 5642, 23680],
  ['digits', 'D4', [8, 16], 5802, 28808],
  ['digits', 'D1', [8, 16], 2004, undefined],
  ['digits', 'C4', [8, 16], 5686, undefined],
  ['digits', 'SE', [8, 16], 2202, undefined],
  ['filter', 'S', [1], 19, 1800],
  ['filter', 'D1', [1], 52, 1843],
  ['filter', 'D2', [1], 80, 1870],
  ['filter', 'D3', [1], 108, 1897],
  ['filter', 'D4', [1], 136, 1924],
  ['filter', 'U4', [1], 76, 1800],
  ['filter', 'C4', [1], 88, 1884],
  ['filter', 'R4', [4, 1], 81, 7600],
  ['filter', 'R8', [8, 1], 161, 15200],
] as const)(
  'parameters and multiply-adds of %s %s are those counted by hand',
  (network, name, widths, parameters, multiplyAdds) => {
    const model = modelNamed(name)
    const architecture = architectureOf(trainingNetworks[network], model)
    expect(architecture.layers.map(({ out }) => out)).toEqual(widths)
    const cost = modelCostOf(architecture, model)
    expect(cost.parameters).toBe(parameters)
    if (multiplyAdds !== undefined) expect(cost.multiplyAdds).toBe(multiplyAdds)
  },
)
