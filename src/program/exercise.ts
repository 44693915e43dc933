// The process that runs a learner's code: in a context that has the language and nothing else (no
// require, import, fetch or process), under Node's permission flags. That contains accidents; it is
// no security boundary. Only text passes in and out, so nothing of this process is in reach.
import { readFileSync } from 'node:fs'
import { createContext, runInContext } from 'node:vm'

process.stdout.write('\n') // ready: whoever watches the memory may look at it now
const { source, name, inputs } = JSON.parse(readFileSync(0, 'utf8')) as {
  source: string
  name: string
  inputs: readonly unknown[]
}
process.on('unhandledRejection', () => {}) // of a promise that it left behind: it has given its value
const context = createContext(Object.create(null), {
  codeGeneration: { strings: false, wasm: false },
})
const FILE = 'exercise.js'
const MOST_LINES = 50

/** console.log for whoever looks for a mistake. */
const prelude = `
const console = (() => {
  const lines = []
  let more = false
  const text = (value) => (typeof value === 'string' ? value : JSON.stringify(value) ?? String(value))
  const log = (...values) => {
    if (lines.length < ${MOST_LINES}) lines.push(values.map(text).join(' '))
    else more = true
  }
  const output = () => ({ text: lines.join('\\n'), more })
  return { log, info: log, warn: log, error: log, output }
})()`

const driver = `
(() => {
  const encode = (key, value) =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value)
    : ArrayBuffer.isView(value) ? [...value] : value
  const plain = (value) => JSON.parse(JSON.stringify(value ?? null, encode) ?? 'null')
  const calls = ${JSON.stringify(inputs)}.map((input) => {
    try {
      return { value: plain(${name}(...input)) }
    } catch (error) {
      return { error: String(error), stack: String(error?.stack) }
    }
  })
  return JSON.stringify({ status: 'done', calls, output: console.output() })
})()`

process.stdout.write(run())

function run(): string {
  try {
    runInContext(prelude, context)
    runInContext(asScript(source), context, { filename: FILE })
    if (runInContext(`typeof ${name}`, context) !== 'function')
      return JSON.stringify({ status: 'missing' })
    const result = JSON.parse(String(runInContext(driver, context)))
    if (!isWhole(result)) throw new TypeError('leave JSON, console and the like as they are')
    for (const call of result.calls) if (call.stack) withLine(call)
    return JSON.stringify(result)
  } catch (error) {
    const { stack } = error as Error
    return JSON.stringify(withLine({ status: 'broken', error: String(error), stack }))
  }
}

/** The code shares its context with the driver, and can change what that works with. */
function isWhole({ calls, output }: { calls?: unknown; output?: { text?: unknown } }): boolean {
  const isCall = (call: unknown) =>
    typeof call === 'object' && call !== null && ('value' in call || 'error' in call)
  return (
    Array.isArray(calls) &&
    calls.length === inputs.length &&
    calls.every(isCall) &&
    typeof output?.text === 'string'
  )
}

/** `export` makes a module, and this runs a script: blanks in its place keep lines and columns. */
function asScript(text: string): string {
  return text.replace(/^export (?=(async )?function|const|let|class)/gm, '       ')
}

/** The line of the learner's file that an error came from, instead of the stack. */
function withLine<Failed extends { stack?: string | undefined; line?: number }>(
  failed: Failed,
): Failed {
  const line = new RegExp(`${FILE}:(\\d+)`).exec(String(failed.stack))?.[1]
  delete failed.stack
  if (line !== undefined) failed.line = Number(line)
  return failed
}
