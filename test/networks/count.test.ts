// Whole networks: the integers that the papers' authors, torchvision and timm count.
import { describe, expect, test } from 'vitest'
import { networkUse } from '../../src/layers/dynamic/count.ts'
import { type LayerName, layers } from '../../src/layers/index.ts'
import {
  type CountPlan,
  countNetwork,
  countParts,
  placementOf,
  sumTallies,
} from '../../src/networks/count-network.ts'
import { type NetworkName, networkNames } from '../../src/networks/count-options.ts'
import { groupsOf } from '../../src/networks/groups.ts'
import { networks } from '../../src/networks/networks.ts'
import { dryRun } from '../../src/run/dry-run.ts'

const layerNames = Object.keys(layers) as LayerName[]

function count(network: NetworkName, layer: LayerName = 'static', change: Partial<CountPlan> = {}) {
  return countNetwork({
    network: networks[network],
    layer,
    kernels: 4,
    width: 1,
    size: [224, 224],
    placement: placementOf(layer, network),
    ...change,
  })
}

test.each<[NetworkName, number, parameters: number, multiplyAdds: number]>([
  ['resnet18', 1, 11_689_512, 1_814_073_344],
  ['resnet50', 1, 25_557_032, 4_089_184_256],
  ['resnet101', 1, 44_549_160, 7_801_405_440],
  ['mobilenet-v2', 1, 3_504_872, 300_774_272],
  ['mobilenet-v2', 0.75, 2_636_424, 209_069_792],
  ['mobilenet-v2', 0.5, 1_968_680, 97_131_840],
  ['mobilenet-v2', 0.35, 1_677_128, 59_285_808],
  ['mobilenet-v3-small', 1, 2_542_856, 56_795_776],
  ['mobilenet-v3-large', 1, 5_483_032, 217_187_168],
  ['efficientnet-b0', 1, 5_288_548, 388_121_280],
])(
  'static %s x%d has these parameters and multiply-adds',
  (network, width, parameters, multiplyAdds) => {
    expect(count(network, 'static', { width }).totals).toMatchObject({ parameters, multiplyAdds })
  },
)

test.each<[NetworkName, LayerName, kernels: number, width: number, parameters: number]>([
  ['resnet18', 'odconv', 1, 1, 11_943_944],
  ['resnet18', 'odconv', 4, 1, 44_901_640],
  ['resnet50', 'odconv', 1, 1, 28_635_112],
  ['resnet50', 'odconv', 4, 1, 90_670_888],
  ['resnet101', 'odconv', 1, 1, 50_818_769],
  ['resnet101', 'odconv', 2, 1, 90_441_623],
  ['mobilenet-v2', 'odconv', 1, 1, 4_940_185],
  ['mobilenet-v2', 'odconv', 1, 0.75, 3_507_113],
  ['mobilenet-v2', 'odconv', 1, 0.5, 2_425_537],
  ['mobilenet-v2', 'odconv', 4, 1, 11_512_149],
  ['mobilenet-v2', 'odconv', 4, 0.75, 7_496_013],
  ['mobilenet-v2', 'odconv', 4, 0.5, 4_435_501],
  ['efficientnet-b0', 'condconv', 4, 1, 13_314_116],
  ['efficientnet-b0', 'condconv', 8, 1, 24_013_284],
  ['efficientnet-b0-depth', 'condconv', 8, 1, 39_715_968],
  ['mobilenet-v2', 'dynamic', 4, 1, 11_145_872],
])(
  '%s, %s with K = %d, x%d, has these parameters',
  (network, layer, kernels, width, parameters) => {
    expect(count(network, layer, { kernels, width }).totals.parameters).toBe(parameters)
  },
)

describe('dynamic convolution in other places and manners', () => {
  test('the last 1x1 of MobileNetV2 dynamic too', () => {
    const placement = { roles: ['block', 'head'] } as const
    expect(count('mobilenet-v2', 'dynamic', { placement }).totals.parameters).toBe(12_400_596)
  })

  test('a bias on the first layer of the attention', () => {
    const use = { ...networkUse, without: [] }
    expect(count('mobilenet-v2', 'dynamic', { use }).totals.parameters).toBe(11_149_736)
  })

  test('what it adds to ResNet-50', () => {
    const added =
      count('resnet50', 'dynamic').totals.parameters - count('resnet50').totals.parameters
    expect(added).toBe(75_315_408)
  })

  test('its multiply-adds in MobileNetV2, with and without what could count besides', () => {
    const { totals } = count('mobilenet-v2', 'dynamic')
    expect(totals.multiplyAdds / 1e6).toBeCloseTo(310.2, 1)
    expect((totals.multiplyAdds + totals.additions) / 1e6).toBeCloseTo(316.9, 1)
  })
})

describe.each(networkNames)('%s', (network) => {
  test.each(layerNames)('with %s: the rows sum to the totals, and so do the parts', (layer) => {
    const counted = count(network, layer)
    const { totals, rows } = counted
    for (const key of ['parameters', 'multiplyAdds'] as const) {
      expect(rows.reduce((sum, row) => sum + row[key], 0)).toBe(totals[key])
      expect(countParts.reduce((sum, part) => sum + totals.split[part][key], 0)).toBe(totals[key])
      for (const row of rows)
        expect(countParts.reduce((sum, part) => sum + row.split[part][key], 0)).toBe(row[key])
    }
    expect(sumTallies(groupsOf(counted).map(({ total }) => total))).toEqual(totals)
  })

  test('every layer but static takes the same multiply-adds to convolve', () => {
    const convolution = (layer: LayerName) => count(network, layer).totals.split.convolution
    for (const layer of layerNames)
      expect(convolution(layer).multiplyAdds).toBe(convolution('static').multiplyAdds)
  })

  test('a convolution of the network costs what the layer says', () => {
    const [row] = count(network, 'condconv').rows.filter(({ layer }) => layer === 'condconv')
    if (row?.unit.kind !== 'convolution') throw new Error('no condconv in the network')
    const { geometry, inputSize } = row.unit
    const config = { ...geometry, kernels: 4, bias: false }
    const elements = layers.condconv
      .parameters(config)
      .reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b), 0)
    expect(row.parameters).toBe(elements + 2 * geometry.out)
    const { cost } = dryRun(layers.condconv, config, [1, geometry.in, ...inputSize])
    expect(row.multiplyAdds).toBe(cost.multiplyAdds)
  })
})

test('condconv: one routing for each block, in the last three stages', () => {
  const rows = count('efficientnet-b0', 'condconv').rows.filter(({ layer }) => layer === 'condconv')
  expect(new Set(rows.map(({ unit }) => unit.place?.stage))).toEqual(new Set([5, 6, 7]))
  const routed = rows.filter(({ split }) => split.attention.multiplyAdds > 0)
  expect(routed.map(({ unit }) => unit.name)).toEqual([
    ...['stage5.1.expand', 'stage5.2.expand', 'stage5.3.expand'],
    ...['stage6.1.expand', 'stage6.2.expand', 'stage6.3.expand', 'stage6.4.expand'],
    'stage7.1.expand',
  ])
})

test('odconv: no filter attention on depthwise, the stem stays static', () => {
  const { rows } = count('mobilenet-v2', 'odconv')
  expect(rows[0]).toMatchObject({ layer: 'static' })
  // stage 1, depthwise 32 channels 3x3: fc 32·16, BN 2·16, channel 32·17, spatial 9·17, kernels
  // 4·17, 4 experts of 32·9, and the batch norm behind it
  const depthwise = rows.find(({ unit }) => unit.name === 'stage1.1.depthwise')
  expect(depthwise?.parameters).toBe(32 * 16 + 2 * 16 + (32 + 9 + 4) * 17 + 4 * 32 * 9 + 2 * 32)
})

test('a larger image costs more work and no parameter', () => {
  const [small, large] = [count('resnet18'), count('resnet18', 'static', { size: [448, 448] })]
  expect(large.totals.parameters).toBe(small.totals.parameters)
  expect(large.totals.split.convolution.multiplyAdds).toBe(
    4 * small.totals.split.convolution.multiplyAdds,
  )
})

test('hand-computed: the stem of ResNet', () => {
  const [stem] = count('resnet18').rows
  expect(stem).toMatchObject({
    parameters: 64 * 3 * 49 + 2 * 64,
    multiplyAdds: 112 * 112 * 64 * 3 * 49,
  })
})

test.each(
  Object.values(layers).flatMap(({ name, count }) =>
    Object.keys(count?.places ?? {}).map((network) => [name, network]),
  ),
)('%s: the network %s that its paper puts it in is one that can be counted', (_, network) => {
  expect(networkNames).toContain(network)
})
