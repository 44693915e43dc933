// What of a study is not convlab's own: another network or length, and runs that something else trained.
import type { Text } from '../../../base/text.ts'
import type { Study } from '../../../training/statistics/experiment-study.ts'

/** Sentences; none where convlab trained the experiment as it is. */
export function origin({ change, models }: Study): Text[] {
  const runs = models.flatMap((model) => model.runs)
  const engines = new Map<string, number>()
  for (const { engine } of runs) {
    if (engine === undefined) continue
    const words = `${engine.name} ${engine.version} (${engine.device})`
    engines.set(words, (engines.get(words) ?? 0) + 1)
  }
  const foreign = [...engines.values()].reduce((sum, count) => sum + count, 0)
  const mixed = engines.size > 1 || (foreign > 0 && foreign < runs.length)
  return [
    ...(change
      ? [
          {
            en: `Not the experiment as convlab trains it: images of ${change.size} x ${change.size}, ${change.wider} times as many channels, ${change.steps} steps.`,
            zh: `与 convlab 所做的实验不同：图像 ${change.size} x ${change.size}，通道数 ${change.wider} 倍，训练 ${change.steps} 步。`,
          },
        ]
      : []),
    ...[...engines].map(([words, count]) => ({
      en: `${count} of ${runs.length} runs were trained by ${words}.`,
      zh: `${runs.length} 次训练中有 ${count} 次由 ${words} 完成。`,
    })),
    ...(mixed
      ? [
          {
            en: 'Each rounds in its own way, so that in a single seed they may part.',
            zh: '各自的舍入不同，因此个别种子的结果可能有出入。',
          },
        ]
      : []),
  ]
}
