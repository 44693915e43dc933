// A mistake as a page: what people write, what happens, why, the repair, and both side by side.
import { decimal, grouped, shapeText } from '../../base/format.ts'
import type { PhraseText, Text } from '../../base/text.ts'
import type { ShownMistake } from '../../mistakes/index.ts'
import type { CodeVariant, Mistake, Result, Thread } from '../../mistakes/mistake.ts'
import type { Style } from '../../show/style.ts'
import { columns, flow, indent, paragraph, widthOf } from '../../show/text/layout.ts'
import { renderNames } from '../../show/text/names.ts'

const titles = {
  written: { en: 'What people write', zh: '常见写法' },
  happens: { en: 'What happens', zh: '结果' },
  why: { en: 'Why', zh: '原因' },
  repair: { en: 'The repair', zh: '改法' },
  compared: { en: 'Side by side', zh: '对照' },
  asked: { en: 'Asked in', zh: '有人问过' },
} satisfies Record<string, Text>

const asWritten: Text = { en: 'As written', zh: '常见写法' }
const repaired: Text = { en: 'Repaired', zh: '改后' }

/** Every mistake in a line. */
export function renderMistakes(mistakes: readonly Mistake[], style: Style): string {
  const intro = {
    en: 'Mistakes that people make with dynamic convolution, each shown by running it:',
    zh: '使用动态卷积时常犯的错误，每个都现场运行给你看：',
  }
  const see = {
    en: 'See one: convlab mistakes NAME, such as convlab mistakes article-view',
    zh: '查看其中一个：convlab mistakes 名字，例如 convlab mistakes article-view',
  }
  return renderNames(intro, mistakes, see, style)
}

/** The whole page, ending in a line break. */
export function renderMistake(shown: ShownMistake, style: Style): string {
  const { name, title, ways, asked, more } = shown
  const section = (head: Text, lines: readonly string[]) => [
    '',
    style.colors.bold(style.say(head)),
    ...indent(lines, '  '),
  ]
  const words = (text: PhraseText) => paragraph(style.say(text), style.columns - 2)
  const [written, ...others] = ways
  const repair = others.pop() as CodeVariant
  const page = [
    ...flow([style.colors.bold(name), style.say(title)], style.columns),
    ...setting(shown, style),
    ...section(written.title ?? titles.written, code(written, style)),
    ...others.flatMap((way) => section(way.title as Text, code(way, style))),
    ...section(titles.happens, [...messages(shown, style), ...words(shown.happens)]),
    ...section(titles.why, shown.why.flatMap(words)),
    ...section(repair.title ?? titles.repair, code(repair, style)),
    ...section(titles.compared, comparison(shown, style)),
    ...(asked.length > 0
      ? section(
          titles.asked,
          asked.map((thread) => threadText(thread, style)),
        )
      : []),
    ...(more
      ? [
          '',
          style.colors.dim(style.say({ en: `More: convlab ${more}`, zh: `更多：convlab ${more}` })),
        ]
      : []),
  ]
  return `${page.join('\n')}\n`
}

/** The tensors that the codes begin with. */
function setting({ names }: ShownMistake, style: Style): string[] {
  const list = names.map(({ name, shape }) => `${name} ${shapeText(shape)}`)
  return flow(list, style.columns).map((line) => style.colors.dim(line))
}

function code({ code }: CodeVariant, { colors }: Style): string[] {
  return code.split('\n').map((line) => colors.cyan(line))
}

/** PyTorch's own messages, each once. */
function messages({ findings }: ShownMistake, { colors, columns }: Style): string[] {
  const said = findings
    .flatMap(({ results }) => results)
    .flatMap((result) => (result.kind === 'error' ? [result.message] : []))
  return [...new Set(said)].flatMap((message) =>
    paragraph(`RuntimeError: ${message}`, columns - 2, '  ').map((line) => colors.red(line)),
  )
}

function comparison({ ways, findings }: ShownMistake, style: Style): string[] {
  const heads = ways.map(({ title }, at) =>
    style.colors.dim(style.say(title ?? (at === ways.length - 1 ? repaired : asWritten))),
  )
  const labels = findings.map(({ label }) => style.say(label))
  const taken = 2 + Math.max(...labels.map(widthOf))
  const room = Math.max(13, Math.floor((style.columns - taken) / ways.length) - 2)
  const rows = findings.map(({ results }, at) => [
    labels[at] as string,
    ...results.map((result) => flow(parts(result), room, ' ').join('\n')),
  ])
  return columns([['', ...heads], ...rows], ['left', ...ways.map(() => 'left' as const)])
}

function parts(result: Result): string[] {
  switch (result.kind) {
    case 'shape':
      return [shapeText(result.shape)]
    case 'values':
      return result.values.map((value) => decimal(value))
    case 'number':
      return [decimal(result.value)]
    case 'count':
      return [grouped(result.value)]
    case 'error':
      return ['RuntimeError']
    default:
      return result satisfies never
  }
}

function threadText({ repository, number, kind }: Thread, style: Style): string {
  const zh = kind === 'issue' ? 'issue' : 'PR'
  return style.say({ en: `${repository}, ${kind} ${number}`, zh: `${repository}，${zh} ${number}` })
}
