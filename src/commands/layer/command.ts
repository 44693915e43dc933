// convlab static, convlab dynamic ...: one command for every layer of the registry.
import { type Command, Option } from 'commander'
import { UsageError } from '../../base/errors.ts'
import type { Language, Text } from '../../base/text.ts'
import { readCell } from '../../cli/cell.ts'
import type { Session } from '../../cli/common.ts'
import { addFlags } from '../../cli/flags.ts'
import { isLong, outputShapeOf, traceOf } from '../../cli/layer-runs.ts'
import { offloadCommand } from '../../cli/offload.ts'
import { type WriteFormat, writingCost } from '../../cli/writing.ts'
import { layers } from '../../layers/index.ts'
import type { Layer } from '../../layers/layer.ts'
import { partsOf, roughCost, totalOf } from '../../run/expected.ts'
import { planRun } from '../../run/plan.ts'
import { type AskedForms, printRun, printTorch } from './print-run.ts'
import { fileOptions, provide, readingOf, runFlags } from './provide.ts'

/** The ways to show a run; without one of them it is a table. */
const forms = {
  explain: { en: 'every step explained, as text', zh: '逐步讲解，以文字输出' },
  json: { en: 'the trace as JSON, for programs', zh: '以 JSON 输出整个过程，供程序使用' },
  article: { en: "exactly what the article's program prints", zh: '与文章程序的输出逐字相同' },
  torch: { en: 'the same run as a PyTorch program', zh: '输出等价的 PyTorch 程序' },
} satisfies Record<string, Text>

export const atHelp = {
  en: 'one output value, worked out: sample, channel, row, column',
  zh: '把一个输出值算给你看：样本、通道、行、列',
}
const valuesHelp = { en: 'with --json: every value', zh: '与 --json 合用：写出全部数值' }

const saveHelp = {
  en: 'also save the run; the end of a name picks what: .npz every tensor, .safetensors the parameters, .onnx the layer, .py the PyTorch program, .json the trace, .html a page to play with',
  zh: '另存这次运行，由后缀决定内容：.npz 全部张量，.safetensors 参数，.onnx 该层，.py PyTorch 程序，.json 整个过程，.html 可以动手试的网页',
}
const openHelp = {
  en: 'open the saved page in the browser; if no .html is saved, a temporary one',
  zh: '在浏览器中打开网页；没有指定 .html 文件时，打开临时网页',
}
const forceHelp = { en: 'with --save: replace what is there', zh: '与 --save 合用：覆盖已有的文件' }

/** Adds the layer's command to the program. */
export function addLayerCommand(program: Command, layer: Layer, session: Session): Command {
  const { language } = session
  const command = program.command(layer.name).description(layer.summary[language])
  addFlags(command, layer.options, language)
  addFlags(command, runFlags, language)
  addFlags(command, fileOptions, language)
  for (const [form, help] of Object.entries(forms)) {
    const flag = new Option(`--${form}`, help[language])
    const refused = form === 'article' && !layer.article // in one line that says why
    command.addOption(flag.hideHelp(refused))
  }
  command.option('--values', valuesHelp[language])
  command.option('--save <file...>', saveHelp[language])
  command.option('--force', forceHelp[language])
  command.option('--open', openHelp[language])
  command.option('--at <n,o,i,j>', atHelp[language])
  command.addHelpText('after', examples(layer.name)[language])
  return command.action(async (options: Record<string, unknown>) =>
    session.exit(await show(layer, options, command, session)),
  )
}

async function show(
  layer: Layer,
  options: Record<string, unknown>,
  command: Command,
  session: Session,
): Promise<number> {
  const { explain, json, values, article, torch, at, ...rest } = options
  const { normalize, weights, save, force, open, ...flags } = rest
  const { io, language } = session
  const asked = Object.entries({ explain, json, article, torch }).filter(([, wanted]) => wanted)
  if (asked.length > 1) throw exclusive(asked.map(([form]) => `--${form}`))
  if (values && !json) throw valuesAlone()
  if (force && !save) throw forceAlone()
  if (article && !layer.article) throw noArticle(layer)
  if (at !== undefined && (article || torch)) throw atWithout(String(asked[0]?.[0]))

  const reading = readingOf(flags.input, weights)
  if (isLong(reading.cost, io)) return offloadCommand(command, session)
  io.announce?.(reading.cost)(reading)
  const { given, provided } = await provide(layer, flags, { normalize, weights })
  const plan = planRun(layer, given, provided)
  const cell = at === undefined ? undefined : readCell(String(at), outputShapeOf(plan))
  const { source = '', picture } = provided.input ?? {}
  if (torch && picture?.unlike) throw imageInTorch(source, picture.unlike)
  const files = (save ?? []) as string[]
  if (torch && !save && !open) return printTorch(layer, plan, session)
  const saving = save || open ? await import('./save.ts') : undefined
  saving?.checkTargets(plan, files, force === true)

  const printed: WriteFormat[] = values ? ['summary', 'text'] : ['summary']
  const writing = writingCost(plan.values, [...printed, ...(saving?.waysOf(files) ?? [])])
  if (isLong(roughCost(plan) + writing, io)) return offloadCommand(command, session)
  const report = io.announce?.(totalOf(partsOf(layer, plan).values()) + writing)
  const trace = await traceOf(layer, plan, report)
  const opening = open ? await import('./open.ts') : undefined
  const pages = opening?.pagesToOpen(files) ?? []
  const { version, pageFolder } = io
  const run = { layer, plan, trace, version, language, ...(pageFolder && { pageFolder }) }
  await saving?.save(run, [...new Set([...files, ...pages])], io.unfinished, report)
  const window = cell && (await import('../../trace/window.ts')).valueStep(trace, cell)
  const asking = { explain, json, values, article, torch, window } as AskedForms
  const code = await printRun(layer, plan, trace, asking, command, session, report)
  for (const page of pages) await opening?.openPage(page, session)
  return code
}

function exclusive(forms: string[]): UsageError {
  const list = forms.join(' ')
  return new UsageError({
    en: `${list}: expected at most one form of output: keep one of them`,
    zh: `${list}：输出形式最多选一种：请只保留一个`,
  })
}

function atWithout(form: string): UsageError {
  return new UsageError({
    en: `--at --${form}: expected --at by itself, with --json or with --explain: leave out --at or --${form}`,
    zh: `--at --${form}：--at 只能单独使用，或与 --json、--explain 合用：请去掉 --at 或 --${form}`,
  })
}

function valuesAlone(): UsageError {
  return new UsageError({
    en: '--values: expected together with --json: add --json, or leave it out',
    zh: '--values：要与 --json 合用：请加上 --json，或去掉 --values',
  })
}

function forceAlone(): UsageError {
  return new UsageError({
    en: '--force: expected together with --save: add --save FILE, or leave it out',
    zh: '--force：要与 --save 合用：请加上 --save FILE，或去掉 --force',
  })
}

/** The program would read the image itself, with Pillow. */
function imageInTorch(source: string, why: Text): UsageError {
  return new UsageError({
    en: `--torch: Pillow may read ${source} into other numbers: ${why.en}: use --save same.py, which keeps the decoded input beside the program`,
    zh: `--torch：Pillow 读 ${source} 得到的数值可能不同：${why.zh}：请用 --save same.py，解码后的输入会存在程序旁边`,
  })
}

function noArticle({ name }: Layer): UsageError {
  const printed = Object.values(layers).filter(({ article }) => article)
  const [en, zh] = [' or ', ' 或 '].map((or) => printed.map((layer) => layer.name).join(or))
  return new UsageError({
    en: `--article: the article has no ${name} layer: use it with ${en}, or leave it out`,
    zh: `--article：文章里没有 ${name} 层：请用于 ${zh}，或去掉它`,
  })
}

function examples(name: string): Text {
  const lines: [string, Text][] = [
    [
      `convlab ${name} --out 32 -k 5 --padding same`,
      { en: 'another geometry', zh: '换一种几何参数' },
    ],
    [
      `convlab ${name} --batch 3 --input varied`,
      { en: 'three samples that differ', zh: '三个各不相同的样本' },
    ],
    [`convlab ${name} --json | jq .cost`, { en: 'for a program', zh: '供程序使用' }],
    [
      `convlab ${name} --input photo.png --size 64`,
      { en: 'an image of your own', zh: '用自己的图片' },
    ],
    [
      `convlab ${name} --save layer.onnx run.npz`,
      { en: 'for other programs', zh: '供其他程序使用' },
    ],
    [
      `convlab ${name} --save report.html --open`,
      { en: 'a page to play with', zh: '可以动手试的网页' },
    ],
    [
      `convlab ${name} --torch > same.py`,
      { en: 'the same numbers from PyTorch', zh: '用 PyTorch 得到同样的数字' },
    ],
  ]
  const width = Math.max(...lines.map(([command]) => command.length))
  const block = (language: Language) =>
    lines.map(([command, what]) => `  ${command.padEnd(width)}  ${what[language]}`).join('\n')
  return { en: `\nExamples:\n${block('en')}`, zh: `\n例子：\n${block('zh')}` }
}
