// convlab sweep: vary one thing about a dynamic layer and see what becomes of its attention.
import type { Command } from 'commander'
import type { Text } from '../../base/text.ts'
import { unknownName } from '../../base/unknown.ts'
import { type Session, styleFor } from '../../cli/common.ts'
import { addFlags } from '../../cli/flags.ts'
import { isLong, traceOf } from '../../cli/layer-runs.ts'
import { offloadCommand } from '../../cli/offload.ts'
import { print } from '../../cli/print.ts'
import { dynamicLayer } from '../../layers/dynamic/layer.ts'
import { partsOf, roughCost, totalOf } from '../../run/expected.ts'
import { planRun, runOptions } from '../../run/plan.ts'

const summary: Text = {
  en: 'vary one thing about a dynamic layer, and see why its attention is uniform or not',
  zh: '只改变动态卷积的一个量，看注意力为什么均匀、怎样才不均匀',
}

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

export function addSweepCommand(program: Command, session: Session): Command {
  const { language } = session
  const command = program
    .command('sweep')
    .description(summary[language])
    .argument('[name]', nameHelp[language])
  addFlags(command, dynamicLayer.options, language)
  addFlags(command, runOptions, language)
  command.option('--json', jsonHelp[language]).addHelpText('after', examples[language])
  return command.action(async (name: string | undefined, options: Record<string, unknown>) => {
    if (name === undefined) command.outputHelp()
    else session.exit(await show(name, options, command, session))
  })
}

async function show(
  name: string,
  { json, ...given }: Record<string, unknown>,
  command: Command,
  session: Session,
): Promise<number> {
  const { io, language } = session
  const { sweeps } = await import('./index.ts')
  const { makeSweep, planSweep } = await import('./sweep.ts')
  const sweep = Object.hasOwn(sweeps, name) ? sweeps[name] : undefined
  if (sweep === undefined)
    throw unknownName({ en: 'sweep', zh: ' sweep' }, name, Object.keys(sweeps))

  const plans = planSweep(sweep, given)
  const cost = plans.reduce((sum, plan) => sum + roughCost(plan), 0)
  if (isLong(cost, io)) return offloadCommand(command, session)
  const layer = dynamicLayer
  const costs = plans.map((plan) => totalOf(partsOf(layer, plan).values()))
  const report = io.announce?.(costs.reduce((sum, each) => sum + each, 0))
  const result = await makeSweep(sweep, given, (each) =>
    traceOf(layer, planRun(layer, each), report),
  )
  if (json) {
    const { renderSweepJson } = await import('./json.ts')
    await print(io.stdout, [renderSweepJson(result, { version: io.version, language })])
    return 0
  }
  const { renderSweep } = await import('./page.ts')
  await print(io.stdout, [renderSweep(result, await styleFor(command, session, io.stdout))])
  return 0
}
