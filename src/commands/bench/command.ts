// convlab bench: how fast a layer is, beside other libraries.
import type { Command } from 'commander'
import { count, type OptionTable, resolve } from '../../base/options.ts'
import type { Text } from '../../base/text.ts'
import { type Session, styleFor } from '../../cli/common.ts'
import { addFlags } from '../../cli/flags.ts'
import { everyOption, layerNames } from '../../cli/layer-names.ts'
import { print } from '../../cli/print.ts'
import { runOptions } from '../../run/plan.ts'
import { chosenEngine } from '../../tensor/engine/index.ts'
import { workloads } from './workloads.ts'

const ids = Object.keys(workloads)

const words = {
  summary: {
    en: 'how fast a layer is, beside PyTorch, ONNX Runtime and TensorFlow.js',
    zh: '一层有多快，与 PyTorch、ONNX Runtime、TensorFlow.js 同场计时',
  },
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

export function addBenchCommand(program: Command, session: Session): Command {
  const { language } = session
  const command = program
    .command('bench')
    .description(words.summary[language])
    .argument('[layer]', words.layer[language])
    .option('--layers <names>', words.layers[language])
    .option('--against <names>', words.against[language])
    .option('--python <path>', words.python[language])
  addFlags(command, own, language)
  addFlags(command, everyOption, language)
  addFlags(command, runOptions, language)
  command.option('--json', words.json[language]).addHelpText('after', examples[language])
  return command.action((layer: string | undefined, flags: Record<string, unknown>) =>
    bench(layer, flags, command, session),
  )
}

async function bench(
  layer: string | undefined,
  flags: Record<string, unknown>,
  command: Command,
  session: Session,
): Promise<void> {
  const { io, language } = session
  const { layers: listed, against, python = 'python3', json, runs, ...rest } = flags
  // a flag such as --no-bias has a value even where nobody has given it
  const given = Object.fromEntries(
    Object.entries(rest).filter(([key]) => command.getOptionValueSource(key) === 'cli'),
  )
  const { threads: asked } = chosenEngine()
  const threads = asked === 'auto' ? 1 : asked
  const rules = { ...resolve(own, { runs }), threads }
  const { tasksFor } = await import('./contenders/tasks.ts')
  const { entrants } = await import('./contenders/entrants.ts')
  const tasks = tasksFor(layer, listed as string | undefined, given)
  const surroundings = { ...(io.bench ?? { runner: '', homes: [] }), python: String(python) }
  const { racers, missing } = await entrants(against as string | undefined, surroundings)

  const style = await styleFor(command, session, io.stdout)
  const { lineFor } = await import('../../cli/offload.ts')
  const line = await lineFor(command, session)
  const { race } = await import('./contenders/race.ts')
  const { disagreement, entryName } = await import('./report.ts')
  const engine = { ...chosenEngine(), threads }
  const result = await race(tasks, racers, {
    ...rules,
    engine,
    onTurn: (part, { id }, racer) => {
      const words = `${id} ${entryName(racer)}`
      line.show(part, { en: words, zh: words })
    },
  }).finally(() => line.clear())
  const report = { ...result, ...rules, engine, missing }
  if (json) {
    const { renderBenchJson } = await import('./json.ts')
    await print(io.stdout, [renderBenchJson(report, { version: io.version, language })])
  } else {
    const { renderBench } = await import('./page.ts')
    await print(io.stdout, [renderBench(report, style)])
  }
  const wrong = disagreement(report)
  if (wrong === undefined) return
  io.stderr.write(`convlab: ${wrong[language]}\n`)
  session.exit(1)
}
