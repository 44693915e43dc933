// convlab sweep: vary one thing about a dynamic layer and see what becomes of its attention.
import type { Command } from 'commander'
import type { Text } from '../../base/text.ts'
import { unknownName } from '../../base/unknown.ts'
import { addFlags, suggest } from '../../cli/flags.ts'
import type { Announcing, Printing, Session, Threads } from '../../cli/io.ts'
import { isLong, traceOf } from '../../cli/layer-runs.ts'
import { offloadCommand } from '../../cli/offload.ts'
import { print } from '../../cli/print.ts'
import { styleFor } from '../../cli/style.ts'
import { dynamicLayer } from '../../layers/dynamic/layer.ts'
import { partsOf, roughCost, totalOf } from '../../run/expected.ts'
import { planRun, runOptions } from '../../run/plan.ts'
import { sweeps } from './index.ts'
import { renderSweepJson } from './json.ts'
import { renderSweep } from './page.ts'
import { makeSweep, planSweep, type Sweep, type SweepSettings } from './sweep.ts'

const nameHelp: Text = {
  en: 'temperature, kernels, batch or schedule',
  zh: 'temperature、kernels、batch 或 schedule',
}

const jsonHelp: Text = { en: 'the rows and the verdict as JSON', zh: '以 JSON 输出各行和结论' }

const examples: Text = {
  en: `
Examples:
  convlab sweep temperature                  what T does, and why it looks so
  convlab sweep temperature --input relu     an input that the attention notices
  convlab sweep batch --input varied         samples with kernels of their own
  convlab sweep schedule --json | jq .rows   for a program`,
  zh: `
例子：
  convlab sweep temperature                  温度的作用和原因
  convlab sweep temperature --input relu     注意力能感知的输入
  convlab sweep batch --input varied         各样本有自己的卷积核
  convlab sweep schedule --json | jq .rows   供程序使用`,
}

export function define(command: Command, session: Session): void {
  const { language } = session
  command.argument('[name]', nameHelp[language])
  suggest(command, () => Object.keys(sweeps))
  addFlags(command, dynamicLayer.options, language)
  addFlags(command, runOptions, language)
  command.option('--json', jsonHelp[language]).addHelpText('after', examples[language])
  command.action(async (name: string | undefined, options: Record<string, unknown>) => {
    if (name === undefined) return command.outputHelp()
    const { json, ...given } = options
    session.exit(await act(sweepNamed(name), given, json === true, session))
  })
}

/** @throws {UsageError} if no sweep has that name */
function sweepNamed(name: string): Sweep {
  const sweep = Object.hasOwn(sweeps, name) ? sweeps[name] : undefined
  if (sweep) return sweep
  throw unknownName({ en: 'sweep', zh: ' sweep' }, name, Object.keys(sweeps))
}

async function act(
  sweep: Sweep,
  given: SweepSettings,
  json: boolean,
  session: Session<Printing & Threads & Announcing>,
): Promise<number> {
  const { io, language } = session
  const plans = planSweep(sweep, given)
  const cost = plans.reduce((sum, plan) => sum + roughCost(plan), 0)
  if (isLong(cost, io)) return offloadCommand(session)
  const costs = plans.map((plan) => totalOf(partsOf(plan).values()))
  const report = io.announce?.(costs.reduce((sum, each) => sum + each, 0))
  const result = await makeSweep(sweep, given, (each) =>
    traceOf(dynamicLayer, planRun(dynamicLayer, each), report),
  )
  const page = json
    ? renderSweepJson(result, { version: io.version, language })
    : renderSweep(result, await styleFor(session, io.stdout))
  await print(io.stdout, [page])
  return 0
}
