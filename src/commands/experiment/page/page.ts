// A study as a page, from what was asked to what to take away.
import { comparisonTable } from '../../../show/experiment/comparisons.ts'
import { seedsText } from '../../../show/experiment/experiment-figures.ts'
import type { Style } from '../../../show/style.ts'
import { flow, paragraph } from '../../../show/text/layout.ts'
import type { Study } from '../../../training/statistics/experiment-study.ts'
import { changed, trainingNetworks } from '../../../training/training-networks.ts'
import { attentionSection } from './attention.ts'
import { curves } from './curves.ts'
import { filterSection } from './filters.ts'
import { modelTable } from './models.ts'
import { origin } from './origin.ts'
import { takeaways } from './takeaways.ts'

/** The whole page, ending in a line break. */
export function renderExperiment(study: Study, style: Style): string {
  const sections = [
    head(study, style),
    modelTable(study, style),
    comparisonTable(study, style),
    filterSection(study, style),
    curves(study, style),
    attentionSection(study, style),
    takeaways(study, style),
  ]
  const page = sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'))
  return `${page.join('\n\n')}\n`
}

function head(study: Study, style: Style): string[] {
  const { experiment, seeds, partial, change } = study
  const { images, training } = changed(trainingNetworks[experiment.network], change)
  const name = style.colors.bold(`convlab experiment ${experiment.name}`)
  const setting = style.say({
    en: `${images.train} images to train on, ${images.test} to test; ${training.steps} steps of ${training.batch} images; seeds ${seedsText(seeds)}`,
    zh: `训练图像 ${images.train} 幅，测试图像 ${images.test} 幅；训练 ${training.steps} 步，每步 ${training.batch} 幅；种子 ${seedsText(seeds)}`,
  })
  const stopped = style.say({
    en: 'Partial: stopped before all runs were finished.',
    zh: '不完整：在全部训练完成之前停止。',
  })
  return [
    ...flow([name, style.say(experiment.title)], style.columns),
    ...paragraph(style.say(experiment.about), style.columns),
    ...paragraph(setting, style.columns).map((line) => style.colors.dim(line)),
    ...origin(study).flatMap((text) => paragraph(style.say(text), style.columns)),
    ...(partial ? paragraph(stopped, style.columns).map((line) => style.colors.yellow(line)) : []),
  ]
}
