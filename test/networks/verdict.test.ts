// What of the published figures comes out, and what does not.
import { expect, test } from 'vitest'
import { type CheckedRow, checkPublished } from '../../src/networks/check-published.ts'
import { published, type SourceName, sources } from '../../src/networks/published.ts'

const rows = checkPublished()
const from = (source: SourceName) => rows.filter(({ row }) => row.source === source)
const equal = (checked: readonly CheckedRow[], part: 'parameters' | 'multiplyAdds') => {
  const verdicts = checked.flatMap((row) => row[part] ?? [])
  return `${verdicts.filter((verdict) => verdict.equal).length} of ${verdicts.length}`
}

test('parameters that must come out do', () => {
  expect(equal(from('odconv'), 'parameters')).toBe('18 of 18')
  expect(equal(from('condconv'), 'parameters')).toBe('4 of 4')
  expect(equal(from('fdconv'), 'parameters')).toBe('1 of 1')
})

test('static MobileNetV2 and ResNet-18 come out to the digit', () => {
  const still = from('odconv').filter(({ row }) => row.layer === 'static')
  expect(equal(still, 'parameters')).toBe('6 of 6')
  expect(
    still.filter(({ multiplyAdds }) => multiplyAdds?.equal).map(({ row }) => row.network),
  ).toEqual(['mobilenet-v2', 'mobilenet-v2', 'mobilenet-v2', 'resnet18'])
})

test('the deeper ResNets come out with the stride on the first 1x1', () => {
  const deep = from('odconv').filter(
    ({ row }) => row.layer === 'static' && /50|101/.test(row.network),
  )
  for (const { multiplyAdds } of deep) {
    expect(multiplyAdds?.equal).toBe(false)
    expect(multiplyAdds?.otherwise.map((other) => other.equal)).toEqual([true])
  }
  expect(deep).toHaveLength(2)
})

test.each([
  ['mobilenet-v2', 'dynamic', 'multiplyAdds', '312.9M', '310.2M'],
  ['resnet18', 'dynamic', 'parameters', '42.7M', '44.9M'],
  ['mobilenet-v3-small', 'static', 'parameters', '2.9M', '2.5M'],
] as const)('a miss is shown: %s %s %s', (network, layer, part, printed, rounded) => {
  const row = from('dynamic').find(({ row }) => row.network === network && row.layer === layer)
  expect(row?.[part]).toMatchObject({ printed, rounded, equal: false })
  expect(row?.[part]?.reason).toBeDefined()
})

test("none of ODConv's multiply-adds in MobileNetV2 come out", () => {
  const moving = from('odconv').filter(
    ({ row }) => row.network === 'mobilenet-v2' && row.layer === 'odconv',
  )
  expect(equal(moving, 'multiplyAdds')).toBe('0 of 6')
})

test('every miss has its reason, and every figure can be read', () => {
  for (const { row, parameters, multiplyAdds } of rows)
    for (const verdict of [parameters, multiplyAdds]) {
      if (!verdict) continue
      expect(verdict.printed).toMatch(/^\d+(\.\d+)?[MG]$/)
      expect(Number.isFinite(verdict.difference)).toBe(true)
      expect(verdict.equal || verdict.reason, `${row.network} ${row.layer}`).toBeTruthy()
    }
})

test('other ways of counting are named, each with its number', () => {
  const mobilenet = from('dynamic').find(
    ({ row }) => row.network === 'mobilenet-v2' && row.parameters,
  )
  expect(mobilenet?.parameters?.otherwise.map(({ counted }) => counted)).toEqual([
    12_400_596, 11_149_736,
  ])
  expect(mobilenet?.multiplyAdds?.otherwise.map(({ rounded }) => rounded)).toEqual([
    '311.9M',
    '316.9M',
  ])
})

test('a digit that differs is a miss', () => {
  const [row] = checkPublished([
    { source: 'odconv', network: 'resnet18', layer: 'static', parameters: { printed: '11.70M' } },
  ])
  expect(row?.parameters).toMatchObject({ equal: false, cut: false, rounded: '11.69M' })
})

test('second-hand rows say so, and every row is from a known source', () => {
  expect(sources.dynamic.secondHand).toBe(true)
  for (const { source } of published) expect(sources).toHaveProperty(source)
})
