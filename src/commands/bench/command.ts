// convlab bench: how fast a layer is, beside other libraries.
import type { Command } from 'commander'
import { count, type OptionTable, resolve } from '../../base/options.ts'
import type { Text } from '../../base/text.ts'
import { addFlags, suggest } from '../../cli/flags.ts'
import {
  type Clock,
  type Contenders,
  type Printing,
  programsOf,
  type Session,
  type Starting,
} from '../../cli/io.ts'
import { everyOption, layerNames } from '../../cli/layer-names.ts'
import { lineFor } from '../../cli/offload.ts'
import { print } from '../../cli/print.ts'
import { styleFor } from '../../cli/style.ts'
import { runOptions } from '../../run/plan.ts'
import { chosenEngine } from '../../tensor/engine/index.ts'
import { entrants } from './contenders/entrants.ts'
import { type Racer, type RaceTask, type Rules, race } from './contenders/race.ts'
import { tasksFor } from './contenders/tasks.ts'
import { renderBenchJson } from './json.ts'
import { renderBench } from './page.ts'
import { type BenchReport, disagreement, entryName } from './report.ts'
import { workloads } from './workloads.ts'

const ids = Object.keys(workloads)

const words = {
  layer: { en: `one of ${layerNames.join(', ')}`, zh: `${layerNames.join('、')} 之一` },
  layers: {
    en: `layers of the list instead: some of ${ids.join(', ')}, or W1..W7 (default: all)`,
    zh: `改用列表里的层：从 ${ids.join('、')} 中选，或 W1..W7（默认全部）`,
  },
  against: {
    en: 'with whom: names separated by commas (default: all that are installed)',
    zh: '与谁比：名称用逗号隔开（默认所有已安装的）',
  },
  python: { en: 'the Python that has torch', zh: '装有 torch 的 Python' },
  json: { en: 'as JSON, for programs', zh: '以 JSON 输出，供程序使用' },
} satisfies Record<string, Text>

const examples: Text = {
  en: `
Examples:
  convlab bench                                 the list, with all installed
  convlab bench --layers W1,W4 --against torch  two of them, with PyTorch alone
  convlab bench dynamic --in 64 --out 64        a layer of your own`,
  zh: `
例子：
  convlab bench                                 整个列表，与所有已安装的比
  convlab bench --layers W1,W4 --against torch  其中两个，只与 PyTorch 比
  convlab bench dynamic --in 64 --out 64        自己的层`,
}

const own = {
  runs: count({ help: { en: 'processes of each', zh: '各用几个进程' }, fallback: 5 }),
} satisfies OptionTable

export function define(command: Command, session: Session): void {
  const { language } = session
  command
    .argument('[layer]', words.layer[language])
    .option('--layers <names>', words.layers[language])
    .option('--against <names>', words.against[language])
    .option('--python <path>', words.python[language])
  suggest(command, () => layerNames)
  addFlags(command, own, language)
  addFlags(command, everyOption, language)
  addFlags(command, runOptions, language)
  command.option('--json', words.json[language]).addHelpText('after', examples[language])
  command.action(async (layer: string | undefined, flags: Record<string, unknown>) => {
    const { layers: listed, against, python, json, runs, ...rest } = flags
    // a flag such as --no-bias has a value even where nobody has given it
    const given = Object.fromEntries(
      Object.entries(rest).filter(([key]) => command.getOptionValueSource(key) === 'cli'),
    )
    const rules = rulesFor(runs)
    const tasks = tasksFor(layer, listed as string | undefined, given)
    const report = await run(tasks, rules, { against, python } as Others, session)
    await show(report, json === true, session)
  })
}

/** How often, and with what, everyone computes. */
function rulesFor(runs: unknown): Rules {
  const chosen = chosenEngine()
  const threads = chosen.threads === 'auto' ? 1 : chosen.threads
  return { ...resolve(own, { runs }), threads, engine: { ...chosen, threads } }
}

/** Who takes part besides convlab. */
interface Others {
  readonly against?: string
  readonly python?: string
}

async function run(
  tasks: readonly RaceTask[],
  rules: Rules,
  { against, python = 'python3' }: Others,
  session: Session<Printing & Clock & Starting & Contenders>,
): Promise<BenchReport> {
  const { io } = session
  const programs = await programsOf(io)
  const { runner = '', homes = [] } = io.bench ?? {}
  const place = { runner, homes, python, node: programs.node }
  const { racers, missing } = await entrants(against, place)
  const line = await lineFor(session)
  const onTurn = (part: number, { id }: RaceTask, racer: Racer) => {
    const words = `${id} ${entryName(racer)}`
    line.show(part, { en: words, zh: words })
  }
  const start = { programs, env: io.env }
  const result = await race(tasks, racers, rules, start, onTurn).finally(() => line.clear())
  return { ...result, ...rules, missing }
}

async function show(report: BenchReport, json: boolean, session: Session<Printing>): Promise<void> {
  const { io, language } = session
  const page = json
    ? renderBenchJson(report, { version: io.version, language })
    : renderBench(report, await styleFor(session, io.stdout))
  await print(io.stdout, [page])
  const wrong = disagreement(report)
  if (wrong === undefined) return
  io.stderr.write(`convlab: ${wrong[language]}\n`)
  session.exit(1)
}
