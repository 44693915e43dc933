// What a table says of experts and of their mixture, whatever the layer that mixes them.
import { NONE, type PhraseText, say, type Text } from '../text.ts'
import { stepOf } from '../trace/query.ts'
import { standardDeviation } from '../trace/stats.ts'
import type { Trace } from '../trace/trace.ts'

/** How many kernels of what size, and how they lie. */
export function expertsNote({ parameters }: Trace, layout: Text = { en: '', zh: '' }): PhraseText {
  const [K = 0, ...kernel] = parameters.find(({ name }) => name === 'weight')?.shape ?? []
  const size = kernel.join(' × ')
  return {
    en: say`${K} ${K === 1 ? 'kernel' : 'kernels'} of ${size}${layout.en}`,
    zh: say`${K} 个 ${size} 的卷积核${layout.zh}`,
  }
}

/** The experts as a matrix. */
export function rowsNote(trace: Trace): PhraseText {
  return expertsNote(trace, { en: ', one a row', zh: '，每行一个' })
}

/** How the mixture came about, and that mixing makes the kernels smaller or larger. */
export function mixtureNote(trace: Trace, formula: string): PhraseText {
  const [mixed, expert] = ['aggregate-weight', 'experts'].map((id) => {
    const { values } = stepOf(trace, id)
    return values.length > 1 ? standardDeviation(values) : NONE
  }) as [number | string, number | string]
  return {
    en: say`${formula}   std ${mixed} (the experts: ${expert})`,
    zh: say`${formula}   标准差 ${mixed}（聚合前 ${expert}）`,
  }
}
