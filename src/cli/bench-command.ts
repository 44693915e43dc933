// convlab bench: how fast a layer is, beside other libraries.
import type { Command } from 'commander'
import { workloads } from '../bench/workloads.ts'
import { UsageError } from '../errors.ts'
import { geometryOptions } from '../layers/geometry.ts'
import { type LayerName, layers } from '../layers/index.ts'
import { type Layer, totalCost } from '../layers/layer.ts'
import { count, type OptionTable, resolve } from '../layers/options.ts'
import { nearest } from '../nearest.ts'
import { engineInUse } from '../tensor/engine/index.ts'
import type { Text } from '../text.ts'
import { planRun, runOptions } from '../trace/plan.ts'
import type { Contender } from './bench/contender.ts'
import type { Racer, Task } from './bench/race.ts'
import { type Session, styleFor } from './common.ts'
import { addFlags } from './flags.ts'
import { print } from './print.ts'

const names = Object.keys(layers) as LayerName[]
const ids = Object.keys(workloads)

const words = {
  summary: {
    en: 'how fast a layer is, beside PyTorch, ONNX Runtime and TensorFlow.js',
    zh: '一层有多快，与 PyTorch、ONNX Runtime、TensorFlow.js 同场计时',
  },
  layer: { en: `one of ${names.join(', ')}`, zh: `${names.join('、')} 之一` },
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
  convlab bench                                 the list, with all that is installed
  convlab bench --layers W1,W4 --against torch  two of them, with PyTorch alone
  convlab bench dynamic --in 64 --out 64        a layer of your own`,
  zh: `
例子：
  convlab bench                                 整个列表，与所有已安装的比
  convlab bench --layers W1,W4 --against torch  其中两个，只与 PyTorch 比
  convlab bench dynamic --in 64 --out 64        自己的层`,
}

/** Every option that some layer has, as the first one has it. */
const options: OptionTable = {
  ...Object.assign({}, ...names.map((name) => layers[name].options).reverse()),
  ...geometryOptions(1),
}

const own = {
  runs: count({ help: { en: 'processes of each', zh: '各用几个进程' }, fallback: 5 }),
  threads: count({ help: { en: 'threads of the others', zh: '别的库用几个线程' }, fallback: 1 }),
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
  addFlags(command, options, language)
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
  const { layers: listed, against, python = 'python3', json, runs, threads, ...rest } = flags
  // a flag such as --no-bias has a value even where nobody has given it
  const given = Object.fromEntries(
    Object.entries(rest).filter(([key]) => command.getOptionValueSource(key) === 'cli'),
  )
  const rules = resolve(own, { runs, threads })
  const tasks = tasksFor(layer, listed as string | undefined, given)
  const surroundings = { ...(io.bench ?? { runner: '', homes: [] }), python: String(python) }
  const { racers, missing } = await entrants(against as string | undefined, surroundings)

  const style = await styleFor(command, session, io.stdout)
  const { lineFor } = await import('./aside.ts')
  const line = await lineFor(command, session)
  const { race } = await import('./bench/race.ts')
  const result = await race(tasks, racers, {
    ...rules,
    engine: engineInUse(),
    onTurn: (part, { id }, { name }) =>
      line.show(part, { en: `${id} ${name}`, zh: `${id} ${name}` }),
  }).finally(() => line.clear())
  const report = { ...result, ...rules, missing }
  if (json) {
    const { renderBenchJson } = await import('../render/bench-json.ts')
    await print(io.stdout, [renderBenchJson(report, { version: io.version, language })])
    return
  }
  const { renderBench } = await import('../render/text/bench.ts')
  await print(io.stdout, [renderBench(report, style)])
}

function tasksFor(
  name: string | undefined,
  listed: string | undefined,
  given: Readonly<Record<string, unknown>>,
): Task[] {
  const [flag] = Object.keys(given)
  if (name !== undefined && listed !== undefined) throw layerTwice(name, listed)
  if (name === undefined && flag !== undefined) throw flagWithoutLayer(flag)
  if (name !== undefined) {
    const layer = layerNamed(name)
    return [taskOf(layer, layer, { en: layers[layer].title.en, zh: layers[layer].title.zh }, given)]
  }
  return idsIn(listed ?? `${ids[0]}..${ids.at(-1)}`).map((id) => {
    const workload = workloads[id] as (typeof workloads)[string]
    return taskOf(id, workload.layer, workload.title, workload.given)
  })
}

function taskOf(
  id: string,
  name: LayerName,
  title: Text,
  given: Readonly<Record<string, unknown>>,
): Task {
  const layer = layers[name] as Layer
  const plan = planRun(layer, given)
  const { multiplyAdds } = totalCost(layer.cost(plan.config, plan.inputShape))
  const flops = 2 * plan.run.batch * multiplyAdds
  return { id, title, layer: name, command: plan.command, flops, given }
}

/** W1,W3..W5 -> W1 W3 W4 W5 */
function idsIn(listed: string): string[] {
  return listed.split(',').flatMap((part) => {
    const [first = '', last = first] = part.trim().toUpperCase().split('..')
    const [from, to] = [ids.indexOf(first), ids.indexOf(last)]
    if (from < 0 || to < from) throw noWorkload(part)
    return ids.slice(from, to + 1)
  })
}

/** Who takes part: convlab, and whom was asked for or is installed. */
async function entrants(
  against: string | undefined,
  surroundings: Parameters<Contender['find']>[0],
): Promise<{ racers: Racer[]; missing: { name: string; install: Text }[] }> {
  const { contenderNames, contenders } = await import('./bench/contenders.ts')
  const asked = against?.split(',').map((name) => name.trim())
  const unknown = asked?.find((name) => !contenderNames.includes(name))
  if (unknown !== undefined) throw noContender(unknown, contenderNames)
  const racers: Racer[] = []
  const missing: { name: string; install: Text }[] = []
  for (const [at, { name, install, lacks = [], find }] of contenders.entries()) {
    if (at > 0 && asked && !asked.includes(name)) continue
    const start = await find(surroundings)
    if (start) racers.push({ name, start, can: ({ layer }) => !lacks.includes(layer) })
    else if (asked) throw notInstalled(name, install)
    else missing.push({ name, install })
  }
  return { racers, missing }
}

function layerNamed(name: string): LayerName {
  const found = names.find((each) => each === name)
  if (found) return found
  const near = nearest(name, names)
  const known = names.join(', ')
  throw new UsageError({
    en: `unknown layer ${name}: ${near ? `did you mean ${near}? Else ` : ''}expected one of ${known}; layers of the list by --layers`,
    zh: `没有层 ${name}：${near ? `是不是 ${near}？` : ''}可用的层有 ${known}；列表里的层用 --layers`,
  })
}

function layerTwice(name: string, listed: string): UsageError {
  return new UsageError({
    en: `bench ${name} --layers ${listed}: expected a layer or --layers: leave one of them out`,
    zh: `bench ${name} --layers ${listed}：层名和 --layers 只能用一个：请去掉其中一个`,
  })
}

function flagWithoutLayer(key: string): UsageError {
  return new UsageError({
    en: `${key} is given without a layer, expected one in front of it: write convlab bench dynamic ...`,
    zh: `给了 ${key} 却没有层：请把层名写在前面，如 convlab bench dynamic ...`,
  })
}

function noWorkload(part: string): UsageError {
  return new UsageError({
    en: `--layers ${part}: expected some of ${ids.join(', ')}, separated by commas, or a range such as W1..W3`,
    zh: `--layers ${part}：应为 ${ids.join('、')} 中的若干个，用逗号隔开，或 W1..W3 这样的范围`,
  })
}

function noContender(name: string, known: readonly string[]): UsageError {
  const near = nearest(name, known)
  return new UsageError({
    en: `--against ${name}: ${near ? `did you mean ${near}? Else ` : ''}expected some of ${known.join(', ')}`,
    zh: `--against ${name}：${near ? `是不是 ${near}？` : ''}可用的有 ${known.join(', ')}`,
  })
}

function notInstalled(name: string, install: Text): UsageError {
  return new UsageError({
    en: `--against ${name}: it is not installed, expected it to be: ${install.en}`,
    zh: `--against ${name}：没有安装：${install.zh}`,
  })
}
