// Experiments as processes: threads, Ctrl-C, and what a killed one leaves behind.
import { execFile, spawn } from 'node:child_process'
import { once as onceEmitted } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../folder.ts'
import { once } from './run.ts'

const program = new URL('../../bin/convlab.js', import.meta.url).pathname
const folder = temporaryFolder()
const run = promisify(execFile)
const convlab = async (line: string) => (await run('node', [program, ...line.split(' ')])).stdout

/** Starts the program, and waits until it has kept a run in its file. */
async function startedWith(line: string, file: string) {
  const child = spawn('node', [program, ...line.split(' '), '--save', file])
  let stdout = ''
  child.stdout.on('data', (chunk) => {
    stdout += chunk
  })
  const ended = onceEmitted(child, 'close').then(([code, signal]) => ({ code, signal, stdout }))
  while (!existsSync(file) || runsIn(readFileSync(file, 'utf8')) === 0)
    await new Promise((resolve) => setTimeout(resolve, 20))
  return { child, ended }
}

const runsIn = (text: string) =>
  Object.values(JSON.parse(text).models as Record<string, { runs: unknown[] }>).reduce(
    (sum, { runs }) => sum + runs.length,
    0,
  )

const line = 'experiment filter --seeds 2 --models S,D2,U4,R4,C4'
const unbroken = once(() => convlab(`${line} --threads 1 --json`))

test('results do not depend on the number of threads', async () => {
  expect(await convlab(`${line} --threads 3 --json`)).toBe(await unbroken())
})

test('digits are trained in threads, from the data of the package', async () => {
  const json = JSON.parse(await convlab('experiment digits --seeds 1 --models S --json'))
  expect(Math.abs(json.models.S.perSeed[0] - 0.9649)).toBeLessThan(0.01)
})

test('Ctrl-C prints what is finished, marked as partial', async () => {
  const file = join(folder, 'stopped.json')
  const line = 'experiment scale --models S,U4 --seeds 50 --threads 1 --json'
  const { child, ended } = await startedWith(line, file)
  child.kill('SIGINT')
  const { code, stdout } = await ended
  expect(code).toBe(130)
  const json = JSON.parse(stdout)
  expect(json.partial).toBe(true)
  expect(runsIn(stdout)).toBeGreaterThan(0)
  expect(runsIn(stdout)).toBeLessThan(100)
  expect(readFileSync(file, 'utf8')).toBe(stdout)
})

test('killed at any moment and resumed, it gives the results of an unbroken run', async () => {
  const file = join(folder, 'killed.json')
  const { child, ended } = await startedWith(`${line} --threads 1`, file)
  child.kill('SIGKILL')
  expect((await ended).signal).toBe('SIGKILL')
  const left = runsIn(readFileSync(file, 'utf8'))
  expect(left).toBeLessThan(10)
  const resumed = await convlab(`experiment filter --resume ${file} --json`)
  expect(resumed).toBe(await unbroken())
  expect(runsIn(readFileSync(file, 'utf8'))).toBe(10)
})
