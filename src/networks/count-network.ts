// Counts a network: what every layer of it costs, by the layers' own graphs.
import { resolve } from '../base/options.ts'
import { type LayerName, layers, ordinary } from '../layers/index.ts'
import { everyBlock, type NetworkUse, type Placement } from '../layers/network-use.ts'
import { dryRun } from '../run/dry-run.ts'
import type { Pair } from '../tensor/geometry.ts'
import { sizeOf } from '../tensor/tensor.ts'
import type { CostLine, CostPart } from '../trace/parts.ts'
import { type Network, widened } from './network.ts'
import { type Unit, unitsOf } from './units.ts'

export const countParts = ['convolution', 'attention', 'aggregation', 'other'] as const
export type CountPart = (typeof countParts)[number]

export interface Amount {
  readonly parameters: number
  readonly multiplyAdds: number
}

/** Numbers that add up. Multiply-adds and additions are for one image. */
export interface Tally {
  readonly parameters: number
  readonly multiplyAdds: number
  /** both by what they are for */
  readonly split: Readonly<Record<CountPart, Amount>>
  /** additions of pools, which are in no multiply-add */
  readonly additions: number
}

export interface CountRow extends Tally {
  readonly unit: Unit
  /** the layer that a convolution is */
  readonly layer?: LayerName
}

export interface CountPlan {
  readonly network: Network
  readonly layer: LayerName
  readonly kernels: number
  readonly width: number
  /** of the image, rows and columns */
  readonly size: Pair
  readonly placement: Placement
  /** how the layer is set up; as its paper does unless told otherwise */
  readonly use?: NetworkUse
}

export interface Count {
  readonly plan: CountPlan
  readonly rows: readonly CountRow[]
  readonly totals: Tally
}

/** The sums of several tallies. */
export function sumTallies(tallies: readonly Tally[]): Tally {
  const total = (pick: (tally: Tally) => number) =>
    tallies.reduce((sum, tally) => sum + pick(tally), 0)
  const split = countParts.map((part) => [
    part,
    {
      parameters: total((tally) => tally.split[part].parameters),
      multiplyAdds: total((tally) => tally.split[part].multiplyAdds),
    },
  ])
  return {
    parameters: total((tally) => tally.parameters),
    multiplyAdds: total((tally) => tally.multiplyAdds),
    split: Object.fromEntries(split),
    additions: total((tally) => tally.additions),
  }
}

/** Where the papers put the layer in that network. */
export function placementOf(layer: LayerName, network: string): Placement {
  if (layer === ordinary) return { roles: [] }
  return layers[layer].count?.places[network] ?? { ...everyBlock, unpublished: true }
}

/** Every layer of the network and the sums. Nothing is run. */
export function countNetwork(plan: CountPlan): Count {
  const units = unitsOf(widened(plan.network, plan.width), plan.size)
  const attended = new Set<string>()
  const rows = units.flatMap((unit): CountRow[] => {
    if (unit.kind !== 'convolution') return [{ unit, ...tallyOf(linesOf(unit)) }]
    const replaced = isReplaced(unit, plan)
    const layer = replaced ? plan.layer : ordinary
    const block = unit.place && `${unit.place.stage}.${unit.place.block}`
    const shares = layers[layer].count?.sharedInBlock && block !== undefined && attended.has(block)
    if (replaced && block !== undefined) attended.add(block)
    return [{ unit, layer, ...convolutionTally(unit, layer, plan, shares === true) }]
  })
  return { plan, rows, totals: sumTallies(rows) }
}

type Convolution = Extract<Unit, { kind: 'convolution' }>

function isReplaced({ role, place }: Convolution, { network, layer, placement }: CountPlan) {
  if (layer === ordinary || !placement.roles.includes(role)) return false
  const { lastStages = network.stages.length } = placement
  return place === undefined || place.stage > network.stages.length - lastStages
}

/** A convolution as that layer, and its batch norm: two parameters a channel. */
function convolutionTally(
  { geometry, inputSize }: Convolution,
  name: LayerName,
  { kernels, ...plan }: CountPlan,
  sharesAttention: boolean,
): Tally {
  const layer = layers[name]
  const use = name === plan.layer ? (plan.use ?? layer.count) : undefined
  const given = { ...geometry, kernels, bias: false, ...use?.options?.(geometry.in) }
  const config = resolve(layer.options, given)
  const absent = layer
    .parameters(config)
    .filter((each) => use?.without?.includes(each.name))
    .reduce((sum, { shape }) => sum + sizeOf(shape), 0)
  const lines = dryRun(layer, config, [1, geometry.in, ...inputSize])
    .cost.lines.filter(({ id }) => !(sharesAttention && id === 'attention'))
    .map((line) =>
      line.id === 'attention' ? { ...line, parameters: line.parameters - absent } : line,
    )
  return tallyOf([...lines, { id: 'other', parameters: 2 * geometry.out, multiplyAdds: 0 }])
}

type Line = Omit<CostLine, 'id'> & { readonly id: CostPart | 'other' }

/** What is no convolution of the network: all of it counts as `other`. */
function linesOf(unit: Exclude<Unit, Convolution>): Line[] {
  switch (unit.kind) {
    case 'linear':
      return [linear(unit.in, unit.out)]
    case 'squeeze-excitation': {
      const { channels, squeezed, inputSize } = unit
      const pixels = channels * sizeOf(inputSize)
      return [
        { id: 'other', parameters: 0, multiplyAdds: pixels, additions: pixels },
        linear(channels, squeezed),
        linear(squeezed, channels),
      ]
    }
    case 'pool':
      return [
        {
          id: 'other',
          parameters: 0,
          multiplyAdds: 0,
          additions: unit.channels * sizeOf(unit.inputSize),
        },
      ]
    default:
      return unit satisfies never
  }
}

/** A linear layer with bias is a 1x1 convolution of a 1x1 map. */
function linear(channels: number, out: number): Line {
  const config = resolve(layers[ordinary].options, { in: channels, out, kernelSize: 1, padding: 0 })
  const { parameters, multiplyAdds } = dryRun(layers[ordinary], config, [1, channels, 1, 1]).cost
  return { id: 'other', parameters, multiplyAdds }
}

/** The lines by what they are for; odconv's scaling of its feature maps counts as `other`. */
function tallyOf(lines: readonly Line[]): Tally {
  const sums = (which: readonly Line[]) => ({
    parameters: which.reduce((sum, { parameters }) => sum + parameters, 0),
    multiplyAdds: which.reduce((sum, { multiplyAdds }) => sum + multiplyAdds, 0),
  })
  const partOf = ({ id }: Line): CountPart => (id === 'scaling' ? 'other' : id)
  const split = countParts.map((part) => [
    part,
    sums(lines.filter((line) => partOf(line) === part)),
  ])
  return {
    ...sums(lines),
    split: Object.fromEntries(split),
    additions: lines.reduce((sum, { additions = 0 }) => sum + additions, 0),
  }
}
