// The screen of a walk: as many lines of the page as fit, and the keys below.
import { decimal } from '../../base/format.ts'
import { tensorOf } from '../../trace/query.ts'
import { lastOf, valueStep } from '../../trace/window.ts'
import type { Style } from '../style.ts'
import { flow, paragraph, widthOf } from '../text/layout.ts'
import { beside } from '../text/text-blocks.ts'
import { windowLines } from '../text/window-lines.ts'
import { extentOf } from './focus.ts'
import { type Lecture, pageOf, sectionLines } from './page.ts'
import { picture } from './picture.ts'
import type { Sight, WalkState } from './walk.ts'
import { choicesOf, helpOf, keysOf, notices } from './walk-keys.ts'

/** A lecture in a walk: what is shown, and the same before the temperature was changed. */
export interface ExplainView extends Lecture {
  readonly before?: Lecture
}

/** A map of the output stands beside the worked value where both have this much room. */
const MAP = 40
const WINDOW = 76

/** The whole page, before it is cut to the screen. */
function walkPage(shown: ExplainView, state: WalkState, style: Style): string[] {
  if (state.help) return helpLines(shown, state, style)
  const { head, body } = pageOf(shown, state.page, state.focus, style, state.pixel)
  const change = sectionLines(changeLines(shown, state, style))
  return [
    ...head,
    ...change,
    ...(state.pixel ? sectionLines(pixelLines(shown, state, style)) : body),
  ]
}

/** The focused output value worked out, and where it lies in its map. */
function pixelLines({ trace }: ExplainView, { focus }: WalkState, style: Style): string[] {
  const step = valueStep(trace, [focus.sample, focus.out, ...focus.pixel])
  const width = style.columns - 2
  const roomy = width >= MAP + WINDOW
  const map = picture(trace, lastOf(trace), focus, MAP - 3, style, true)
  const window = windowLines(trace, step, { ...style, columns: roomy ? width - MAP : width })
  return roomy ? beside([map, window], width) : [...window, '', ...map]
}

/** Exactly `rows` lines, none longer than the style's columns. */
export function walkView(
  shown: ExplainView,
  state: WalkState,
  style: Style,
  rows: number,
): { readonly lines: readonly string[]; readonly sight: Sight } {
  const foot = footLines(shown, state, style).slice(0, Math.max(1, Math.floor(rows / 3)))
  const page = walkPage(shown, state, style)
  const room = Math.max(1, rows - foot.length - 1)
  const scroll = Math.min(state.scroll, Math.max(0, page.length - room))
  const below = page.length - scroll - room
  const seen = page.slice(scroll, scroll + room)
  const blank = new Array<string>(Math.max(0, room - seen.length)).fill('')
  const lines = [...seen, ...blank, more(scroll, below, style), ...foot].slice(0, rows)
  return {
    lines: lines.map((line) => cut(line, style.columns)),
    sight: { lines: page.length, rows: room },
  }
}

/** What the temperature has changed: the weights before and after. */
function changeLines({ trace, before }: ExplainView, { focus }: WalkState, style: Style): string[] {
  if (before === undefined) return []
  const weights = trace.steps.find(({ kind }) => kind === 'weights')
  const earlier = before.trace.steps.find(({ id }) => id === weights?.id)
  if (weights === undefined || earlier === undefined) return []
  const row = (step: typeof weights) => {
    const { data, shape } = tensorOf(step)
    const size = data.length / (shape[0] as number)
    return [...data.subarray(focus.sample * size, (focus.sample + 1) * size)].slice(0, 8)
  }
  const [now, then] = [lastOf(trace).values, lastOf(before.trace).values]
  const moved = now.reduce(
    (most, value, at) => Math.max(most, Math.abs(value - (then[at] as number))),
    0,
  )
  const line = (T: unknown, step: typeof weights) =>
    `T = ${T}`.padEnd(9) +
    row(step)
      .map((value) => decimal(value))
      .join('  ')
  const title = style.say({
    en: `The pass was run again at T = ${trace.config.temperature}. ${weights.id}:`,
    zh: `已用 T = ${trace.config.temperature} 重新运行。${weights.id}：`,
  })
  const effect = style.say({
    en: `The output moved by up to ${decimal(moved)}.`,
    zh: `输出最多变化 ${decimal(moved)}。`,
  })
  return [
    style.colors.yellow(title),
    line(before.trace.config.temperature, earlier),
    line(trace.config.temperature, weights),
    effect,
  ]
}

function footLines(shown: ExplainView, state: WalkState, style: Style): string[] {
  const { trace } = shown
  const ascii = style.plain('→') !== '→'
  const { focus } = state
  const extent = extentOf(trace)
  const where = [
    extent.sample > 1 && { en: `sample ${focus.sample}`, zh: `样本 ${focus.sample}` },
    extent.expert > 1 && { en: `expert ${focus.expert}`, zh: `专家 ${focus.expert}` },
    {
      en: `output ${focus.out}, input ${focus.in}`,
      zh: `输出通道 ${focus.out}，输入通道 ${focus.in}`,
    },
    state.pixel && {
      en: `pixel ${focus.pixel.join(',')} (arrows move it, Esc ends)`,
      zh: `像素 ${focus.pixel.join(',')}（方向键移动，Esc 结束）`,
    },
  ].filter((part) => part !== false)
  const notice = state.notice && style.colors.yellow(style.say(notices[state.notice]))
  const legend = keysOf(ascii, choicesOf(shown.trace, state)).map(
    ([key, what]) => `${style.colors.bold(key)} ${style.say(what)}`,
  )
  return [
    ...(notice
      ? [notice]
      : flow(
          where.map((part) => style.say(part)),
          style.columns,
        ).map((line) => style.colors.dim(line))),
    ...flow(legend, style.columns, '  '),
  ]
}

function helpLines(shown: ExplainView, state: WalkState, style: Style): string[] {
  const arrows = { '←': 'left', '→': 'right', '↑': 'up', '↓': 'down' }
  const ascii = style.plain('→') !== '→'
  const spelled = (text: string) =>
    ascii ? text.replace(/[←→↑↓]/g, (arrow) => arrows[arrow as keyof typeof arrows]) : text
  return helpOf(choicesOf(shown.trace, state), state).flatMap((text) => [
    ...paragraph(spelled(text[style.language]), style.columns),
    '',
  ])
}

/** What lies above and below the part that is seen. */
function more(above: number, below: number, style: Style): string {
  const lines = (count: number) => (count === 1 ? '1 line' : `${count} lines`)
  const parts = [
    above > 0 && { en: `${lines(above)} above: PgUp`, zh: `上面还有 ${above} 行：PgUp` },
    below > 0 && { en: `${lines(below)} below: PgDn`, zh: `下面还有 ${below} 行：PgDn` },
  ].filter((part) => part !== false)
  return style.colors.inverse(parts.map((part) => style.say(part)).join('   '))
}

/** A line no longer than the screen; a sign ends one that was. */
function cut(line: string, columns: number): string {
  if (widthOf(line) <= columns) return line
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are escape codes
  const plain = line.replace(/\u001b\[\d+m/g, '')
  let kept = ''
  for (const character of plain) {
    if (widthOf(kept + character) > columns - 1) break
    kept += character
  }
  return `${kept}>`
}
