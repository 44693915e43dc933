// A count, and the check of published figures, as JSON, schema 1.
import type { Language } from '../../base/text.ts'
import { layers, ordinary } from '../../layers/index.ts'
import type { CheckedRow, FigureCheck } from '../../networks/check-published.ts'
import { conventionOf } from '../../networks/convention.ts'
import type { Count, CountRow, Tally } from '../../networks/count-network.ts'
import { sources } from '../../networks/published.ts'
import type { JsonOptions } from '../../show/json.ts'

type Options = Omit<JsonOptions, 'values'>

/** The whole document, a layer a line, ending in a line break. */
export function renderCountJson(count: Count, { version, language }: Options): string {
  const { network, layer, kernels, width, size } = count.plan
  const stop = { en: '; ', zh: '；' }[language]
  const head = {
    schema: 1,
    convlab: version,
    network: network.name,
    layer,
    ...('kernels' in layers[layer].options && { kernels }),
    width,
    size,
    convention: conventionOf(count)
      .map((text) => text[language])
      .join(stop),
  }
  return document(head, { layers: count.rows.map(rowOf) }, { totals: tallyOf(count.totals) })
}

/** Every published row, a line each, beside what is counted. */
export function renderPublishedJson(
  rows: readonly CheckedRow[],
  { version, language }: Options,
): string {
  const published = rows.map(({ row, parameters, multiplyAdds }) => ({
    source: { ...sources[row.source] },
    network: row.network,
    width: row.width ?? 1,
    layer: row.layer,
    ...(row.kernels !== undefined && { kernels: row.kernels }),
    ...(row.onTop && { onTopOf: ordinary }),
    ...(row.top1 && { top1: row.top1 }),
    ...(parameters && { parameters: verdictOf(parameters, language) }),
    ...(multiplyAdds && { multiplyAdds: verdictOf(multiplyAdds, language) }),
  }))
  return document({ schema: 1, convlab: version }, { published }, {})
}

function verdictOf({ reason, otherwise, ...verdict }: FigureCheck, language: Language) {
  return {
    ...verdict,
    ...(reason && { reason: reason[language] }),
    ...(otherwise.length > 0 && {
      otherwise: otherwise.map(({ words, ...other }) => ({ words: words[language], ...other })),
    }),
  }
}

function rowOf(row: CountRow) {
  const { unit } = row
  const base = { name: unit.name, kind: unit.kind }
  switch (unit.kind) {
    case 'convolution': {
      const { in: channels, out, kernelSize, stride, padding, groups } = unit.geometry
      return {
        ...base,
        role: unit.role,
        layer: row.layer,
        in: channels,
        out,
        kernelSize,
        stride,
        padding,
        groups,
        inputSize: unit.inputSize,
        outputSize: unit.outputSize,
        ...tallyOf(row),
      }
    }
    case 'linear':
      return { ...base, in: unit.in, out: unit.out, ...tallyOf(row) }
    case 'squeeze-excitation':
      return { ...base, channels: unit.channels, squeezed: unit.squeezed, ...tallyOf(row) }
    case 'pool':
      return { ...base, channels: unit.channels, inputSize: unit.inputSize, ...tallyOf(row) }
    default:
      return unit satisfies never
  }
}

function tallyOf({ parameters, multiplyAdds, split, additions }: Tally) {
  return { parameters, multiplyAdds, ...split, additions }
}

/** Fields a line each, then a list an item a line, then the last fields. */
function document(head: object, list: Record<string, readonly object[]>, tail: object): string {
  const fields = (object: object) =>
    Object.entries(object).map(([key, value]) => `  "${key}": ${JSON.stringify(value)}`)
  const lists = Object.entries(list).map(
    ([key, items]) =>
      `  "${key}": [\n${items.map((item) => `    ${JSON.stringify(item)}`).join(',\n')}\n  ]`,
  )
  return `{\n${[...fields(head), ...lists, ...fields(tail)].join(',\n')}\n}\n`
}
