// Reads a lesson's text: front matter, then the few constructs of Markdown that lessons use, and
// two fences of their own: ```convlab holds a command to run, ```question a question's id.

export type MarkdownBlock =
  | { readonly kind: 'heading' | 'paragraph' | 'literal'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'command'; readonly line: string }
  | { readonly kind: 'question'; readonly id: string }

export interface LessonHead {
  readonly name: string
  readonly title: string
  readonly minutes: number
  /** of a translation: the hash of the text it translates */
  readonly source?: string
}

export interface LessonText extends LessonHead {
  readonly blocks: readonly MarkdownBlock[]
}

/** @throws {Error} for front matter that lessons do not have */
export function parseHead(markdown: string): LessonHead {
  const { name, title, minutes, source, ...rest } = frontMatter(partsOf(markdown).head)
  if (!name || !title || !minutes || Object.keys(rest).length > 0)
    throw new Error('front matter takes name, title, minutes and, in a translation, source')
  return { name, title, minutes: Number(minutes), ...(source !== undefined && { source }) }
}

/**
 * @param facts what {{ name }} stands for in the text
 * @throws {Error} for front matter, a fence or a name that lessons do not have
 */
export function parseLesson(
  markdown: string,
  facts: Readonly<Record<string, string | number>>,
): LessonText {
  const blocks = parseBlocks(partsOf(markdown).body).map((block) => withFacts(block, facts))
  return { ...parseHead(markdown), blocks }
}

function partsOf(markdown: string): { head: string; body: string } {
  const [, head = '', body = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(markdown) ?? []
  return { head, body }
}

function frontMatter(head: string): Record<string, string> {
  return Object.fromEntries(
    head.split('\n').map((line) => {
      const at = line.indexOf(':')
      return [line.slice(0, at).trim(), line.slice(at + 1).trim()]
    }),
  )
}

function parseBlocks(body: string): MarkdownBlock[] {
  const blocks: MarkdownBlock[] = []
  const lines = body.split('\n')
  while (lines.length > 0) {
    const line = lines.shift() as string
    if (line.trim() === '') continue
    if (line.startsWith('```')) blocks.push(...fence(line.slice(3).trim(), takeFence(lines)))
    else if (line.startsWith('## ')) blocks.push({ kind: 'heading', text: line.slice(3) })
    else if (line.startsWith('- ')) blocks.push({ kind: 'list', items: takeList(line, lines) })
    else blocks.push({ kind: 'paragraph', text: [line, ...takeParagraph(lines)].join('\n') })
  }
  return blocks
}

function takeFence(lines: string[]): string[] {
  const end = lines.indexOf('```')
  if (end < 0) throw new Error('a fence is never closed')
  return lines.splice(0, end + 1).slice(0, -1)
}

function fence(kind: string, lines: string[]): MarkdownBlock[] {
  switch (kind) {
    case 'convlab':
      return lines.map((line) => ({ kind: 'command', line: line.replace(/^convlab /, '') }))
    case 'question':
      return lines.map((id) => ({ kind: 'question', id: id.trim() }))
    case 'text':
    case 'js':
    case 'python':
    case 'sh':
      return [{ kind: 'literal', text: lines.join('\n') }]
    default:
      throw new Error(
        `a fence of kind ${kind || 'none'}: use convlab, question, text, js, python or sh`,
      )
  }
}

function takeList(first: string, lines: string[]): string[] {
  const items = [first.slice(2)]
  for (let next = lines[0]; next?.startsWith('- ') || next?.startsWith('  '); next = lines[0]) {
    lines.shift()
    if (next.startsWith('- ')) items.push(next.slice(2))
    else items[items.length - 1] += `\n${next.trim()}`
  }
  return items
}

function takeParagraph(lines: string[]): string[] {
  const end = lines.findIndex((line) => line.trim() === '' || /^(```|## |- )/.test(line))
  return lines.splice(0, end < 0 ? lines.length : end)
}

function withFacts(
  block: MarkdownBlock,
  facts: Readonly<Record<string, string | number>>,
): MarkdownBlock {
  const fill = (text: string) =>
    text.replace(/\{\{\s*([\w-]+)\s*\}\}/g, (_, name: string) => {
      const fact = facts[name]
      if (fact === undefined) throw new Error(`the prose quotes {{ ${name} }}, which is no fact`)
      return String(fact)
    })
  if ('text' in block) return { ...block, text: joinLines(fill(block.text), block.kind) }
  if ('items' in block)
    return { ...block, items: block.items.map((item) => joinLines(fill(item), block.kind)) }
  return block
}

/**
 * Lines of prose become one: with a blank between words, with none between Chinese characters or
 * beside a full-width mark. Whether words are **strong** or `code` makes no difference.
 */
function joinLines(text: string, kind: MarkdownBlock['kind']): string {
  if (kind === 'literal') return text
  return text.replace(
    /(.)([*`]*)\n\s*([*`]*)(.)/gu,
    (_, before: string, closing: string, opening: string, after: string) => {
      const joined = (wide(before) && wide(after)) || mark(before) || mark(after)
      return before + closing + (joined ? '' : ' ') + opening + after
    },
  )
}

/** A Chinese character or a full-width mark. */
function wide(character: string): boolean {
  return /\p{Script=Han}/u.test(character) || mark(character)
}

function mark(character: string): boolean {
  return /[\u3000-\u303f\uff00-\uffef]/u.test(character)
}
