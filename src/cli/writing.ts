// What it takes to write a run out, and telling of it while it is written.
import type { Text } from '../base/text.ts'
import type { Report } from '../run/expected.ts'

/** How a run is written: every value as text or as bytes, or the values summed up. */
export type WriteFormat = 'text' | 'bytes' | 'summary'

/** Milliseconds a value takes. */
const perValue = { text: 250e-6, bytes: 10e-6, summary: 3e-6 } satisfies Record<WriteFormat, number>

export function writingCost(values: number, ways: readonly WriteFormat[]): number {
  return ways.reduce((sum, way) => sum + values * perValue[way], 0)
}

/** Characters and bytes that a value takes, about. */
const perPiece = { text: perValue.text / 11, bytes: perValue.bytes / 4 }

/** The same pieces, each reported before it is handed on. */
export function* told<Piece extends string | Uint8Array>(
  pieces: Iterable<Piece>,
  name: string,
  report: Report | undefined,
): Generator<Piece> {
  const title: Text = { en: `Writing ${name}`, zh: `写出 ${name}` }
  for (const piece of pieces) {
    const each = perPiece[typeof piece === 'string' ? 'text' : 'bytes']
    report?.({ title, cost: piece.length * each })
    yield piece
  }
}

/** The part in which values are summed up for a page. */
export function summing(values: number) {
  const title: Text = { en: 'Summing up', zh: '汇总' }
  return { title, cost: writingCost(values, ['summary']) }
}
