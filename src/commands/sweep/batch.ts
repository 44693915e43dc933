// More samples: whether each gets weights of its own depends on the input, not on their number.
import type { PhraseText } from '../../base/text.ts'
import type { InputKind } from '../../run/input.ts'
import { planRun } from '../../run/plan.ts'
import { evennessOf, spreadOf } from '../../trace/attention-summary.ts'
import { attentionWeightsOf, measure } from './attention.ts'
import { inputCause, samplesCause } from './causes.ts'
import {
  commandFor,
  type Finding,
  layer,
  type Sweep,
  type SweepRow,
  type SweepSettings,
} from './sweep.ts'

export const batches = [1, 2, 4, 8] as const

/** Inputs that behave each in a way of its own. */
const contrasts: readonly InputKind[] = ['randn', 'relu', 'varied']

/** The one asked for, and those that behave otherwise. */
function inputsOf(given: SweepSettings): [InputKind, ...InputKind[]] {
  const chosen = planRun(layer, given).run.input
  return [chosen, ...contrasts.filter((kind) => kind !== chosen)]
}

export const batchSweep: Sweep = {
  name: 'batch',
  title: { en: 'whether samples get kernels of their own', zh: '各样本是否各有自己的卷积核' },
  varies: 'batch',

  runs: (given) =>
    batches.flatMap((batch) => inputsOf(given).map((input) => ({ ...given, batch, input }))),

  async measure(given, run) {
    const inputs = inputsOf(given)
    const [chosen] = inputs
    const rows: SweepRow[] = []
    const last = new Map<InputKind, Awaited<ReturnType<typeof run>>>()
    for (const batch of batches) {
      for (const input of inputs) last.set(input, await run({ ...given, batch, input }))
      const weights = inputs.map((input) => attentionWeightsOf(last.get(input)!))
      const attention = weights[0] as number[][]
      rows.push({
        batch,
        attention,
        entropy: attention.map(evennessOf),
        ...Object.fromEntries(inputs.map((input, at) => [input, spreadOf(weights[at]!)])),
      })
    }
    const measured = measure(last.get(chosen)!)
    return {
      columns: [
        { id: 'batch', kind: 'value', title: { en: 'B', zh: 'B' } },
        {
          id: 'attention',
          kind: 'weights',
          title: {
            en: `attention, a line a sample\n(${chosen})`,
            zh: `注意力，每行一个样本\n（${chosen}）`,
          },
        },
        ...inputs.map((input) => ({
          id: input,
          kind: 'decimal' as const,
          title: { en: `differ\n${input}`, zh: `相差\n${input}` },
        })),
      ],
      rows,
      findings: [
        inputCause(measured, 'sweep batch', given),
        samplesCause(measured, 'sweep batch', given),
        besides(inputs, rows.at(-1) as SweepRow, given),
      ],
    }
  },
}

/** How far samples lie apart for every input, side by side. */
function besides(
  inputs: readonly InputKind[],
  row: SweepRow,
  given: Readonly<Record<string, unknown>>,
): Finding {
  const measured = Object.fromEntries(inputs.map((input) => [input, row[input] as number]))
  const widest = inputs.reduce((a, b) => ((measured[b] ?? 0) > (measured[a] ?? 0) ? b : a))
  const list = inputs.flatMap((input, at) => [
    `${at === 0 ? '' : ', '}${input} `,
    measured[input] as number,
  ])
  const samples = row.batch as number
  const text: PhraseText = {
    en: [
      'Beside each other: among ',
      samples,
      ' samples the weights differ by up to ',
      ...list,
      '. The input is drawn first, so another batch or input also draws other parameters, as in PyTorch.',
    ],
    zh: [
      '放在一起看：',
      samples,
      ' 个样本的权重最多相差 ',
      ...list,
      '。输入最先抽取，所以换了批大小或输入，参数也会跟着变，与 PyTorch 一样。',
    ],
  }
  return {
    id: 'inputs',
    flattens: false,
    measured: { samples, ...measured },
    text,
    try: commandFor('dynamic', { ...given, batch: samples, input: widest }),
  }
}
