// convlab explain <layer>: the steps of a run, a page each: by keys in a terminal, whole without one.
import type { Command } from 'commander'
import type { Text } from '../../base/text.ts'
import { readCell } from '../../cli/cell.ts'
import { type Io, type Session, styleFor, stylist, type Terminal } from '../../cli/common.ts'
import { addFlags } from '../../cli/flags.ts'
import { isLong, lectureOn, outputShapeOf, traceOf } from '../../cli/layer-runs.ts'
import { lineFor, offloadCommand, offloadTrace } from '../../cli/offload.ts'
import { print } from '../../cli/print.ts'
import { writingCost } from '../../cli/writing.ts'
import { layers } from '../../layers/index.ts'
import type { Layer } from '../../layers/layer.ts'
import { partsOf, roughCost, totalOf } from '../../run/expected.ts'
import { planRun, runOptions } from '../../run/plan.ts'
import { atHelp } from '../layer/command.ts'

export const explainSummary: Text = {
  en: 'a run step by step: by keys in a terminal, else as text',
  zh: '逐步讲解一次运行：终端里用按键翻看，否则输出全文',
}

export function addExplainCommand(program: Command, { language }: Session): Command {
  return program.command('explain').description(explainSummary[language])
}

/** Adds a command for every layer below it; only done when it is asked for, since flags take time. */
export function addExplainedLayers(explain: Command, session: Session): Command[] {
  const { language } = session
  return Object.values(layers).map((layer) => {
    const command = explain.command(layer.name).description(layer.summary[language])
    addFlags(command, layer.options, language)
    addFlags(command, runOptions, language)
    command.option('--at <n,o,i,j>', atHelp[language])
    return command.action(async (options: Record<string, unknown>) =>
      session.exit(await show(layer, options, command, session)),
    )
  })
}

async function show(
  layer: Layer,
  { at, ...given }: Record<string, unknown>,
  command: Command,
  session: Session,
): Promise<number> {
  const { io, language } = session
  const plan = planRun(layer, given)
  const cell = at === undefined ? undefined : readCell(String(at), outputShapeOf(plan))
  const cost = roughCost(plan) + writingCost(plan.values, ['summary'])
  const long = isLong(cost, io)
  const terminal = terminalOf(io)
  if (terminal) {
    const leaving = new AbortController()
    const lectureAt = async (temperature?: number) => {
      const wished = temperature === undefined ? given : { ...given, temperature }
      if (!long) return lectureOn(layer, await traceOf(layer, planRun(layer, wished)))
      // at another temperature the walk has the screen, and there is no room for a bar
      const line = temperature === undefined ? await lineFor(command, session) : undefined
      return lectureOn(layer, await offloadTrace(layer, wished, session, line, leaving.signal))
    }
    const { walkThrough } = await import('./keys.ts')
    const style = await stylist(command, session, io.stdout)
    const at = cell && { at: cell }
    const walk = walkThrough(terminal, { language, lectureAt, styleFor: style, ...at })
    return walk.finally(() => leaving.abort())
  }
  if (long) return offloadCommand(command, session)
  const report = io.announce?.(totalOf(partsOf(layer, plan).values()))
  const { renderExplanation } = await import('../../show/explain/explain-document.ts')
  const lecture = await lectureOn(layer, await traceOf(layer, plan, report))
  const window = cell && (await import('../../trace/window.ts')).valueStep(lecture.trace, cell)
  const style = await styleFor(command, session, io.stdout)
  await print(io.stdout, renderExplanation({ ...lecture, ...(window && { window }) }, style))
  return 0
}

/** The terminal, if a person sits at both ends of it. */
function terminalOf({ env, terminal }: Io): Terminal | undefined {
  if (terminal === undefined || env.CI || env.TERM === 'dumb') return undefined
  const both = terminal()
  return both.keyboard.isTTY && both.screen.isTTY ? both : undefined
}
