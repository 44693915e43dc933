// convlab explain <layer>: the steps of a run, a page each: by keys in a terminal, whole without one.
import type { Command } from 'commander'
import { atFlag, readCell } from '../../cli/cell.ts'
import { addFlags } from '../../cli/flags.ts'
import type { Session, Surroundings, Terminal, Terminals } from '../../cli/io.ts'
import { isLong, lectureOn, outputShapeOf, traceOf } from '../../cli/layer-runs.ts'
import { lineFor, offloadCommand, offloadTrace } from '../../cli/offload.ts'
import { print } from '../../cli/print.ts'
import { styleFor, stylist } from '../../cli/style.ts'
import { writingCost } from '../../cli/writing.ts'
import { layers } from '../../layers/index.ts'
import type { Layer } from '../../layers/layer.ts'
import { partsOf, roughCost, totalOf } from '../../run/expected.ts'
import { type Plan, planRun, runOptions } from '../../run/plan.ts'
import { renderExplanation } from '../../show/explain/explain-document.ts'
import type { Lecture } from '../../show/explain/page.ts'
import type { ValueStep } from '../../trace/trace.ts'
import { valueStep } from '../../trace/window.ts'
import { walkThrough } from './keys.ts'

type Given = Readonly<Record<string, unknown>>

/** A command for every layer below this one. */
export function define(explain: Command, session: Session): void {
  const { language } = session
  for (const layer of Object.values(layers)) {
    const command = explain.command(layer.name).description(layer.summary[language])
    addFlags(command, layer.options, language)
    addFlags(command, runOptions, language)
    command.option(atFlag.flags, atFlag.help[language])
    command.action(async ({ at, ...given }: Record<string, unknown>) =>
      session.exit(await act(layer, given, at, session)),
    )
  }
}

async function act(layer: Layer, given: Given, at: unknown, session: Session): Promise<number> {
  const { io } = session
  const plan = planRun(layer, given)
  const cell = at === undefined ? undefined : readCell(String(at), outputShapeOf(plan))
  const long = isLong(roughCost(plan) + writingCost(plan.values, ['summary']), io)
  const terminal = terminalOf(io)
  if (terminal) return walk(terminal, layer, given, long, cell, session)
  if (long) return offloadCommand(session)
  return printAll(layer, plan, cell, session)
}

/** The terminal, if a person sits at both ends of it. */
function terminalOf({ env, terminal }: Surroundings & Terminals): Terminal | undefined {
  if (terminal === undefined || env.CI || env.TERM === 'dumb') return undefined
  const both = terminal()
  return both.keyboard.isTTY && both.screen.isTTY ? both : undefined
}

/** Shows it step by step, as keys ask; a long run happens in a thread. */
async function walk(
  terminal: Terminal,
  layer: Layer,
  given: Given,
  long: boolean,
  cell: ValueStep['at'] | undefined,
  session: Session,
): Promise<number> {
  const leaving = new AbortController()
  const lectureAt = async (temperature?: number): Promise<Lecture> => {
    const wished = temperature === undefined ? given : { ...given, temperature }
    if (!long) return lectureOn(layer, await traceOf(layer, planRun(layer, wished)))
    // at another temperature the walk has the screen, and there is no room for a bar
    const line = temperature === undefined ? await lineFor(session) : undefined
    return lectureOn(layer, await offloadTrace(layer, wished, session, line, leaving.signal))
  }
  const { language, io } = session
  const style = await stylist(session, io.stdout)
  const at = cell && { at: cell }
  return walkThrough(terminal, { language, lectureAt, styleFor: style, ...at }).finally(() =>
    leaving.abort(),
  )
}

async function printAll(
  layer: Layer,
  plan: Plan,
  cell: ValueStep['at'] | undefined,
  session: Session,
): Promise<number> {
  const { io } = session
  const report = io.announce?.(totalOf(partsOf(plan).values()))
  const lecture = await lectureOn(layer, await traceOf(layer, plan, report))
  const window = cell && valueStep(lecture.trace, cell)
  const style = await styleFor(session, io.stdout)
  await print(io.stdout, renderExplanation({ ...lecture, ...(window && { window }) }, style))
  return 0
}
