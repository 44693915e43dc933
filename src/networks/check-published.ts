// Published figures beside what is counted: equal to the digits printed, or not, and by how much.
import type { Text } from '../base/text.ts'
import { ordinary } from '../layers/index.ts'
import { type CountPlan, countNetwork, placementOf, type Tally } from './count-network.ts'
import { networks } from './networks.ts'
import { type Figure, type PublishedRow, published } from './published.ts'

export interface FigureCheck {
  readonly printed: string
  /** the exact number that convlab counts */
  readonly counted: number
  /** the counted number in the unit and the digits of the printed one */
  readonly rounded: string
  readonly equal: boolean
  /** not equal, but would be if the last digits had been cut off instead of rounded */
  readonly cut: boolean
  /** counted over printed, minus 1 */
  readonly difference: number
  readonly reason?: Text
  /** the same figure counted in other ways */
  readonly otherwise: readonly {
    readonly words: Text
    readonly counted: number
    readonly rounded: string
    readonly equal: boolean
  }[]
}

export interface CheckedRow {
  readonly row: PublishedRow
  readonly parameters?: FigureCheck
  readonly multiplyAdds?: FigureCheck
}

/** The published figures, each with its verdict. */
export function checkPublished(rows: readonly PublishedRow[] = published): readonly CheckedRow[] {
  return rows.map((row) => ({
    row,
    ...(row.parameters && { parameters: judge(row.parameters, row, 'parameters') }),
    ...(row.multiplyAdds && { multiplyAdds: judge(row.multiplyAdds, row, 'multiplyAdds') }),
  }))
}

/** The count that a published row is compared with. */
export function planOf({ network, width = 1, layer, kernels = 4 }: PublishedRow): CountPlan {
  return {
    network: networks[network],
    layer,
    kernels,
    width,
    size: [224, 224],
    placement: placementOf(layer, network),
  }
}

function judge(
  { printed, reason, otherwise = [] }: Figure,
  row: PublishedRow,
  part: 'parameters' | 'multiplyAdds',
): FigureCheck {
  const plan = planOf(row)
  const count = (change: Partial<CountPlan> = {}): Tally =>
    countNetwork({ ...plan, ...change }).totals
  const ground = row.onTop ? count({ layer: ordinary })[part] : 0
  const counted = count()[part] - ground
  const { value, unit, digits } = read(printed)
  const rounded = inUnits(counted, printed)
  const scale = 10 ** digits
  const equal = rounded === printed
  return {
    printed,
    counted,
    rounded,
    equal,
    cut: !equal && Math.floor((counted / unit) * scale) / scale === value,
    difference: counted / (value * unit) - 1,
    ...(!equal && reason && { reason }),
    otherwise: otherwise.map(({ words, change, additions }) => {
      const tally = count(change)
      const other = tally[part] + (additions ? tally.additions : 0) - ground
      const rounded = inUnits(other, printed)
      return { words, counted: other, rounded, equal: rounded === printed }
    }),
  }
}

const units = { M: 1e6, G: 1e9 } as const

/** 11.51M is 11.51, in millions, with 2 digits behind the point. */
function read(printed: string): { value: number; unit: number; digits: number } {
  const [, number = '', letter = 'M'] = /^(\d+(?:\.\d+)?)([MG])$/.exec(printed) ?? []
  return {
    value: Number(number),
    unit: units[letter as keyof typeof units],
    digits: number.split('.')[1]?.length ?? 0,
  }
}

/** A number in the unit and with the digits of a printed one. */
function inUnits(value: number, printed: string): string {
  const { unit, digits } = read(printed)
  return (value / unit).toFixed(digits) + printed.slice(-1)
}
