// Rows of a count as a reader wants them: block by block, equal blocks in a row together.
import { type Count, type CountRow, sumTallies, type Tally } from './count-network.ts'

export interface Group {
  /** the stage and the blocks, both from 1; none for what stands outside the stages */
  readonly place?: { readonly stage: number; readonly first: number; readonly last: number }
  /** how many equal blocks it stands for */
  readonly repeats: number
  /** the rows of one of them */
  readonly rows: readonly CountRow[]
  /** of all of them */
  readonly total: Tally
}

/** The rows of the count, in order; equal blocks that follow each other in a stage are one group. */
export function groupsOf({ rows }: Count): readonly Group[] {
  const groups: Group[] = []
  for (const block of blocksOf(rows)) {
    const before = groups.at(-1)
    const { place } = block[0]?.unit ?? {}
    if (place && before?.place?.stage === place.stage && alike(before.rows, block)) {
      const repeats = before.repeats + 1
      const total = sumTallies([before.total, ...block])
      groups[groups.length - 1] = {
        ...before,
        place: { ...before.place, last: place.block },
        repeats,
        total,
      }
      continue
    }
    groups.push({
      ...(place && { place: { stage: place.stage, first: place.block, last: place.block } }),
      repeats: 1,
      rows: block,
      total: sumTallies(block),
    })
  }
  return groups
}

/** What comes after the last point of a name: conv1 of stage2.1.conv1. */
export function partName({ unit }: CountRow): string {
  return unit.place ? (unit.name.split('.').at(-1) as string) : unit.name
}

function blocksOf(rows: readonly CountRow[]): CountRow[][] {
  const blocks: CountRow[][] = []
  for (const row of rows) {
    const last = blocks.at(-1)
    const now = row.unit.place
    const place = last?.[0]?.unit.place
    const same = now && place && now.stage === place.stage && now.block === place.block
    if (last && same) last.push(row)
    else blocks.push([row])
  }
  return blocks
}

/** Two blocks alike in everything but their names. */
function alike(one: readonly CountRow[], other: readonly CountRow[]): boolean {
  const bare = (rows: readonly CountRow[]) =>
    rows.map((row) => ({
      ...row,
      unit: { ...row.unit, name: partName(row), place: undefined },
    }))
  return JSON.stringify(bare(one)) === JSON.stringify(bare(other))
}
