// convlab static, convlab dynamic ...: one command for every layer of the registry.
import { Option } from 'commander'
import { UsageError } from '../../base/errors.ts'
import type { Text } from '../../base/text.ts'
import { atFlag, readCell } from '../../cli/cell.ts'
import { examplesOf } from '../../cli/examples.ts'
import { addFlags, type Define } from '../../cli/flags.ts'
import type { Session } from '../../cli/io.ts'
import { isLong, outputShapeOf, traceOf } from '../../cli/layer-runs.ts'
import { offloadCommand } from '../../cli/offload.ts'
import { type WriteFormat, writingCost } from '../../cli/writing.ts'
import type { Layer } from '../../layers/layer.ts'
import { partsOf, roughCost, totalOf } from '../../run/expected.ts'
import { type Plan, planRun } from '../../run/plan.ts'
import type { ValueStep } from '../../trace/trace.ts'
import { type Asked, type Form, readAsked } from './asked.ts'
import { openPage, pagesToOpen } from './open.ts'
import { printRun, printTorch, type Ran, type Shown } from './print-run.ts'
import { fileOptions, provide, readingOf, runFlags } from './provide.ts'
import { checkTargets, save, wayOf } from './save.ts'

const forms = {
  explain: { en: 'every step explained, as text', zh: '逐步讲解，以文字输出' },
  json: { en: 'the trace as JSON, for programs', zh: '以 JSON 输出整个过程，供程序使用' },
  article: { en: "exactly what the article's program prints", zh: '与文章程序的输出逐字相同' },
  torch: { en: 'the same run as a PyTorch program', zh: '输出等价的 PyTorch 程序' },
} satisfies Record<Form, Text>

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

/** What the layer's command takes and does. */
export function commandOf(layer: Layer): Define {
  return (command, session) => {
    const { language } = session
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
    command.option(atFlag.flags, atFlag.help[language])
    command.addHelpText('after', examples(layer.name)[language])
    command.action(async (options: Record<string, unknown>) =>
      session.exit(await act(layer, readAsked(layer, options), session)),
    )
  }
}

/** Plans the run, runs it and shows it; where it is long, all that happens in a thread. */
async function act(layer: Layer, asked: Asked, session: Session): Promise<number> {
  const { io } = session
  const reading = readingOf(asked.flags.input, asked.from.weights)
  if (isLong(reading.cost, io)) return offloadCommand(session)
  io.announce?.(reading.cost)(reading)
  const planned = await planFor(layer, asked)
  const { plan } = planned
  const keeps = asked.save.length > 0 || asked.open
  if (asked.form === 'torch' && !keeps) return printTorch(layer, plan, session)
  const writing = writingCost(plan.values, waysOf(asked))
  if (isLong(roughCost(plan) + writing, io)) return offloadCommand(session)
  const report = io.announce?.(totalOf(partsOf(plan).values()) + writing)
  const ran = { layer, plan, trace: await traceOf(layer, plan, report) }
  const pages = asked.open ? await pagesToOpen(asked.save, io) : []
  await save(ran, [...new Set([...asked.save, ...pages])], session, report)
  const code = await printRun(await shownOf(ran, planned, asked), session, report)
  for (const page of pages) await openPage(page, session)
  return code
}

interface Planned {
  readonly plan: Plan
  /** the output value to be worked out */
  readonly cell?: ValueStep['at']
}

/**
 * The run, checked through and through, and the places for what it is to leave.
 * @throws {UsageError} if there is no such run, or no such place
 */
async function planFor(layer: Layer, { at, form, ...asked }: Asked): Promise<Planned> {
  const { given, provided } = await provide(layer, asked.flags, asked.from)
  const plan = planRun(layer, given, provided)
  const cell = at === undefined ? undefined : readCell(at, outputShapeOf(plan))
  const { source = '', picture } = provided.input ?? {}
  if (form === 'torch' && picture?.unlike) throw imageInTorch(source, picture.unlike)
  checkTargets(plan, asked.save, asked.force)
  return { plan, ...(cell && { cell }) }
}

/** How the run is written out: on standard output, and in files. */
function waysOf({ values, save }: Asked): WriteFormat[] {
  return ['summary', ...(values ? (['text'] as const) : []), ...save.map(wayOf)]
}

async function shownOf(ran: Ran, { cell }: Planned, { form, values }: Asked): Promise<Shown> {
  const window = cell && (await import('../../trace/window.ts')).valueStep(ran.trace, cell)
  return { ...ran, values, ...(form && { form }), ...(window && { window }) }
}

/** The program would read the image itself, with Pillow. */
function imageInTorch(source: string, why: Text): UsageError {
  return new UsageError({
    en: `--torch: Pillow may read ${source} into other numbers: ${why.en}: use --save same.py, which keeps the decoded input beside the program`,
    zh: `--torch：Pillow 读 ${source} 得到的数值可能不同：${why.zh}：请用 --save same.py，解码后的输入会存在程序旁边`,
  })
}

function examples(name: string): Text {
  return examplesOf([
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
  ])
}
