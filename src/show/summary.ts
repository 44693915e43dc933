// A run in a few words: where its numbers come from, and what the layer costs.
import { comparedTo, grouped } from '../base/format.ts'
import type { Language, Text } from '../base/text.ts'
import { isDrawn } from '../run/input.ts'
import type { Cost } from '../trace/parts.ts'
import type { Trace } from '../trace/trace.ts'

type Sources = Pick<Trace, 'input' | 'weights' | 'seed'>

/** Whether the seed draws any of the numbers. */
export function isSeeded({ input, weights }: Sources): boolean {
  return !weights || isDrawn(input.source)
}

/** Where the numbers come from; the seed stands there only if it draws some of them. */
export function sourceText(run: Sources): Text {
  const { input, weights, seed } = run
  const read = weights && {
    en: `, weights ${weights.source}`,
    zh: `，权重 ${weights.source}`,
  }
  const drawn = isSeeded(run) ? { en: `, seed ${seed}`, zh: `，种子 ${seed}` } : undefined
  const said = (language: Language) => (input.notes ?? []).map((note) => note[language])
  const notes = input.notes && {
    en: ` (${said('en').join(', ')})`,
    zh: `（${said('zh').join('，')}）`,
  }
  return {
    en: `input ${input.source}${notes?.en ?? ''}${read?.en ?? ''}${drawn?.en ?? ''}`,
    zh: `输入 ${input.source}${notes?.zh ?? ''}${read?.zh ?? ''}${drawn?.zh ?? ''}`,
  }
}

/** What a reader must know of a temperature that came from nowhere; undefined if it did not. */
export function temperatureText({ weights, config }: Pick<Trace, 'weights' | 'config'>) {
  if (!weights?.assumesTemperature) return undefined
  const T = config.temperature
  return {
    en: `${weights.source} names no temperature, so T = ${T}: if the weights were trained at another one, give it with -T`,
    zh: `${weights.source} 没有写明温度，这里取 T = ${T}：若训练时用的是别的温度，请用 -T 指定`,
  } satisfies Text
}

/** Parameters, then multiply-adds, each against the layer that the cost is measured by. */
export function costTexts({ cost, baseline }: Pick<Trace, 'cost' | 'baseline'>): Text[] {
  const versus = (part: keyof Pick<Cost, 'parameters' | 'multiplyAdds'>): Text => {
    if (baseline === undefined) return { en: '', zh: '' }
    const [value, before] = [cost[part], baseline[part]]
    const by = comparedTo(value, before)
    return {
      en: ` (${baseline.layer} ${grouped(before)}, ${by})`,
      zh: `（${baseline.title.zh} ${grouped(before)}，${by}）`,
    }
  }
  const parameters = versus('parameters')
  const multiplyAdds = versus('multiplyAdds')
  return [
    {
      en: `${grouped(cost.parameters)} parameters${parameters.en}`,
      zh: `参数 ${grouped(cost.parameters)}${parameters.zh}`,
    },
    {
      en: `${grouped(cost.multiplyAdds)} multiply-adds a sample${multiplyAdds.en}`,
      zh: `每个样本乘加 ${grouped(cost.multiplyAdds)}${multiplyAdds.zh}`,
    },
  ]
}
