// The experiments that there are, in a line or two each.
import type { Style } from '../../../show/style.ts'
import { renderNames } from '../../../show/text/names.ts'
import type { Experiment } from '../../../training/experiment.ts'

export function renderExperiments(experiments: readonly Experiment[], style: Style): string {
  const intro = {
    en: 'Does dynamic convolution help? Small experiments, run on this machine:',
    zh: '动态卷积有用吗？在这台机器上做几个小实验：',
  }
  const see = {
    en: 'Run one: convlab experiment NAME, and first of all convlab experiment filter. --quick trains less.',
    zh: '运行其中一个：convlab experiment 名字，建议先看 convlab experiment filter。加 --quick 可少训练一些。',
  }
  return renderNames(intro, experiments, see, style)
}
