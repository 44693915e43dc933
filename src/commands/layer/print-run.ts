// A run on standard output, in the form that was asked for.
import type { Text } from '../../base/text.ts'
import type { Printing, Session, Streams } from '../../cli/io.ts'
import { lectureOn } from '../../cli/layer-runs.ts'
import { print } from '../../cli/print.ts'
import { styleFor } from '../../cli/style.ts'
import { summing, told } from '../../cli/writing.ts'
import type { Layer } from '../../layers/layer.ts'
import type { Report } from '../../run/expected.ts'
import type { Plan } from '../../run/plan.ts'
import type { Trace, ValueStep } from '../../trace/trace.ts'
import type { Form } from './asked.ts'

/** What was planned, and what came of it. */
export interface Ran {
  readonly layer: Layer
  readonly plan: Plan
  readonly trace: Trace
}

/** A run, and the form of output that was asked for; without one it is the table. */
export interface Shown extends Ran {
  readonly form?: Form
  /** with JSON: every value */
  readonly values: boolean
  readonly window?: ValueStep
}

/** @returns the exit code */
export async function printRun(
  { layer, plan, trace, form, values, window }: Shown,
  session: Session<Printing>,
  report?: Report,
): Promise<number> {
  const { io, language } = session
  if (form === 'torch') return printTorch(layer, plan, session)
  if (form === 'article') return printArticle(layer, trace, session)
  report?.(summing(plan.values))
  if (form === 'json') {
    const { renderJson } = await import('../../show/json.ts')
    const options = { version: io.version, language, values }
    const pieces = renderJson(trace, { ...options, ...(window && { window }) })
    await print(io.stdout, told(pieces, 'JSON', report))
    return 0
  }
  const style = await styleFor(session, io.stdout)
  if (form === 'explain') {
    const { renderExplanation } = await import('../../show/explain/explain-document.ts')
    const lecture = { ...(await lectureOn(layer, trace)), ...(window && { window }) }
    await print(io.stdout, renderExplanation(lecture, style))
  } else if (window) {
    const { renderWindow } = await import('../../show/text/window-lines.ts')
    await print(io.stdout, [renderWindow(trace, window, style)])
  } else {
    const { renderTable } = await import('../../show/text/table.ts')
    await print(io.stdout, [renderTable(trace, style)])
  }
  return 0
}

export async function printTorch(
  layer: Layer,
  plan: Plan,
  { io }: Session<Streams>,
): Promise<number> {
  const { renderTorch } = await import('../../show/torch.ts')
  await print(io.stdout, [renderTorch(plan, layer.torch(plan.config))])
  return 0
}

async function printArticle(
  layer: Layer,
  trace: Trace,
  { io, language }: Session<Streams>,
): Promise<number> {
  const { lines = [], error } = layer.article?.(trace) ?? {}
  await print(io.stdout, [lines.map((line) => `${line}\n`).join('')])
  if (error === undefined) return 0
  const repair: Text = {
    en: `The article views the mixed kernels as (out, ...), which is right for one sample only. The repair, (batch * out, ...): convlab ${trace.command} --torch`,
    zh: `文章把聚合卷积核 view 成 (out, ...)，只对一个样本成立。改成 (batch * out, ...) 即可：convlab ${trace.command} --torch`,
  }
  await print(io.stderr, [`RuntimeError: ${error}\n${repair[language]}\n`])
  return 1
}
