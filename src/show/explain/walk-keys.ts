// The keys of a walk, in words: those that have something to choose from, and what the others say.
import type { Text } from '../../base/text.ts'
import type { Trace } from '../../trace/trace.ts'
import { extentOf } from './focus.ts'
import type { WalkState } from './walk.ts'

/** Said in answer to a key that has nothing to choose from. */
export const notices: Readonly<Record<NonNullable<WalkState['notice']>, Text>> = {
  'no temperature': { en: 'This layer has no temperature.', zh: '这一层没有温度。' },
  'no experts': {
    en: 'This layer has no experts: one set of kernels serves every input.',
    zh: '这一层没有专家：所有输入用同一套卷积核。',
  },
  'one expert': {
    en: 'There is one expert only: start with -K 4.',
    zh: '只有一个专家：可加 -K 4。',
  },
  'one sample': {
    en: 'There is one sample only: start with --batch 3 --input varied.',
    zh: '只有一个样本：可加 --batch 3 --input varied。',
  },
}

/** What a run has to choose from: only the keys for that are offered. */
export function choicesOf(trace: Trace, { temperatures }: WalkState) {
  const { expert, sample } = extentOf(trace)
  return { experts: expert > 1, samples: sample > 1, temperatures: temperatures.length > 0 }
}

type Choices = ReturnType<typeof choicesOf>

/** Keys by what they do; arrows and Chinese have names for terminals that cannot draw them. */
export function keysOf(
  ascii: boolean,
  has: Choices,
): readonly (readonly [key: string, what: Text])[] {
  const keys: (readonly [key: string, what: Text] | false)[] = [
    [ascii ? 'left right' : '← →', { en: 'step', zh: '上一步、下一步' }],
    has.experts && [ascii ? 'up down' : '↑ ↓', { en: 'expert', zh: '专家' }],
    has.samples && ['s', { en: 'sample', zh: '样本' }],
    ['o c', { en: 'output, input channel', zh: '输出、输入通道' }],
    ['p', { en: 'pixel', zh: '像素' }],
    has.temperatures && ['t', { en: 'temperature', zh: '温度' }],
    ['l', { en: ascii ? 'Chinese' : '中文', zh: 'English' }],
    ['?', { en: 'help', zh: '帮助' }],
    ['q', { en: 'quit', zh: '退出' }],
  ]
  return keys.filter((key) => key !== false)
}

/** The help, a paragraph each. */
export function helpOf(has: Choices, { temperatures }: WalkState): readonly Text[] {
  const parts = [
    has.experts && { en: '↑ ↓ choose an expert', zh: '↑ ↓ 选专家' },
    has.samples && { en: 's S a sample', zh: 's S 选样本' },
    { en: 'o O an output channel', zh: 'o O 选输出通道' },
    { en: 'c C an input channel', zh: 'c C 选输入通道' },
  ].filter((part) => part !== false)
  const chosen = parts.map(({ en }) => en).join(', ')
  return [
    {
      en: 'One step of the forward pass a page. Every number is of this run, and the same as PyTorch gives.',
      zh: '一页讲前向计算的一步。所有数字都来自本次运行，与 PyTorch 相同。',
    },
    {
      en: '← → or Enter turn the page; Home and End go to the first and the last.',
      zh: '← → 或回车翻页；Home、End 到第一页、最后一页。',
    },
    {
      en: `${has.experts ? '' : 'Choose with '}${chosen}; capitals go back.`,
      zh: `${parts.map(({ zh }) => zh).join('，')}；大写为反向。`,
    },
    {
      en: 'p chooses a pixel of the output with the arrows and works it out; p or Esc ends that.',
      zh: 'p 用方向键选一个输出像素，并算给你看；再按 p 或 Esc 结束。',
    },
    ...(has.temperatures
      ? [
          {
            en: `t runs the pass again at another temperature (${temperatures.join(', ')}) and shows what changed.`,
            zh: `t 换一个温度（${temperatures.join('、')}）重新运行，并显示变化。`,
          },
        ]
      : []),
    {
      en: 'PgUp PgDn or Space scroll a page that is longer than the screen.',
      zh: '页面比屏幕长时，用 PgUp、PgDn 或空格滚动。',
    },
    { en: 'l changes the language, q or Ctrl-C ends.', zh: 'l 换语言，q 或 Ctrl-C 退出。' },
    { en: 'Any key closes this help.', zh: '按任意键关闭帮助。' },
  ]
}
