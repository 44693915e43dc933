// The experiments that there are, in a line or two each.
import type { Experiment } from '../../../experiments/experiment.ts'
import type { Style } from '../../style.ts'
import { indent, paragraph, widthOf } from '../layout.ts'

export function renderExperiments(experiments: readonly Experiment[], style: Style): string {
  const names = Math.max(...experiments.map(({ name }) => widthOf(name)))
  const lines = experiments.flatMap(({ name, title }) => {
    const gap = ' '.repeat(names - widthOf(name) + 2)
    const [first = '', ...more] = paragraph(style.say(title), style.columns - names - 4)
    return [`  ${style.colors.cyan(name)}${gap}${first}`, ...indent(more, ' '.repeat(names + 4))]
  })
  const intro = style.say({
    en: 'Does dynamic convolution help? Small experiments, run on this machine:',
    zh: '动态卷积有用吗？在这台机器上做几个小实验：',
  })
  const see = style.say({
    en: 'Run one: convlab experiment NAME, and first of all convlab experiment filter. --quick trains less.',
    zh: '运行其中一个：convlab experiment 名字，建议先看 convlab experiment filter。加 --quick 可少训练一些。',
  })
  const dim = (line: string) => style.colors.dim(line)
  const page = [
    ...paragraph(intro, style.columns),
    '',
    ...lines,
    '',
    ...paragraph(see, style.columns).map(dim),
  ]
  return `${page.join('\n')}\n`
}
