// The temperature divides the scores before the softmax: high flattens, low sharpens.

import { evennessOf } from '../../trace/attention-summary.ts'
import { attentionWeightsOf, measure } from './attention.ts'
import { inputCause, oneKernel, samplesCause, temperatureCause } from './causes.ts'
import type { Sweep } from './sweep.ts'

/** From the start of the published schedules down; 1 is the plain softmax. */
export const temperatures = [30, 10, 5, 2, 1, 0.5, 0.2, 0.1] as const

export const temperatureSweep: Sweep = {
  name: 'temperature',
  title: { en: 'what the temperature does to the attention', zh: '温度怎样改变注意力' },
  varies: 'temperature',

  runs: (given) => temperatures.map((temperature) => ({ ...given, temperature })),

  async measure(given, run) {
    const traces = []
    for (const each of this.runs(given)) traces.push(await run(each))
    const rows = traces.map((trace, at) => {
      const attention = attentionWeightsOf(trace)
      const entropy = attention.map(evennessOf)
      return { temperature: temperatures[at] as number, attention, entropy }
    })
    const plain = traces[temperatures.indexOf(1)] as (typeof traces)[number]
    const points = rows.map(({ temperature, entropy }) => ({
      temperature,
      entropy: Math.min(...entropy),
    }))
    const measured = measure(plain)
    const { kernels } = plain.config
    const causes = [
      temperatureCause(points, measured, given),
      inputCause(measured, 'sweep temperature', given),
      samplesCause(measured, 'sweep temperature', given),
    ]
    return {
      columns: [
        { id: 'temperature', kind: 'value', title: { en: 'T', zh: 'T' } },
        { id: 'attention', kind: 'weights', title: { en: 'attention', zh: '注意力' } },
        { id: 'entropy', kind: 'share', title: { en: 'entropy / ln K', zh: '熵 / ln K' } },
      ],
      rows,
      findings: kernels === 1 ? [oneKernel(given)] : causes,
    }
  },
}
