// Long work in a thread: when it is asked for, what it shows meanwhile, and Ctrl-C.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Io } from '../../src/cli/io.ts'
import type { OffloadedWork, OffloadListener } from '../../src/cli/offloaded-work.ts'
import { runCli } from '../../src/program/program.ts'
import { temporaryFolder } from '../folder.ts'

const CLEAR = '\r\u001b[K'
const title = { en: 'Drawing the input', zh: '抽取输入' }
const folder = temporaryFolder()
const long = '--in 64 --out 64 --size 128'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A program whose threads do nothing but what the test tells them to. */
function start(line: string, isTTY = true) {
  const started: { work: OffloadedWork; listener: OffloadListener; end(code: number): void }[] = []
  const written = { stdout: '', stderr: '' }
  const output = (name: keyof typeof written) => ({
    isTTY,
    columns: 80,
    write(text: string) {
      written[name] += text
      return true
    },
  })
  const stopped = vi.fn()
  let interrupt: (() => void) | undefined
  const io: Io = {
    stdout: output('stdout'),
    stderr: output('stderr'),
    env: {},
    locale: 'en-US',
    version: '0.0.0',
    clock: () => Date.now(),
    onInterrupt(handler) {
      interrupt = handler
      return () => {
        interrupt = undefined
      }
    },
    async offload(work, listener) {
      const done = new Promise<number>((end) => void started.push({ work: work, listener, end }))
      return { done, stop: stopped }
    },
  }
  const code = runCli(line.split(' '), io)
  const first = () => started[0] ?? Promise.reject(new Error('no thread yet'))
  const thread = () => vi.waitFor(first, { timeout: 10_000 })
  return { code, thread, started, written, stopped, interrupt: () => interrupt?.() }
}

test('a short run is not offloaded', async () => {
  const { code, started } = start('dynamic --batch 2')
  expect(await code).toBe(0)
  expect(started).toEqual([])
})

test.each([
  `static ${long} --batch 8`,
  `dynamic ${long} --batch 4 --json --save ${folder}/x.npz`,
  'static --size 400 --json --values',
  `explain odconv ${long} --batch 4`,
  `compare ${long}`,
  `sweep kernels ${long} --batch 4`,
  'static --engine reference --in 128 --out 128 --size 64',
])('convlab %s is done once more in a thread, and ends as that does', async (line) => {
  const { code, thread, written } = start(line)
  const { work, end } = await thread()
  expect(work).toEqual({ args: line.split(' ') })
  end(7)
  expect(await code).toBe(7)
  expect(written).toEqual({ stdout: '', stderr: '' })
})

test('after a second there is a bar, until the thread has something to say', async () => {
  const { code, thread, written } = start(`static ${long} --batch 4`)
  const { listener, end } = await thread()
  listener.announce(4000)
  listener.report({ title, cost: 4000 })
  await vi.advanceTimersByTimeAsync(900)
  expect(written.stderr).toBe('')
  await vi.advanceTimersByTimeAsync(1100)
  expect(written.stderr).toMatch(
    /4\d% Drawing the input, about 3 s left$|50% Drawing the input, about 2 s left$/,
  )
  listener.spoke()
  const { stderr } = written
  expect(stderr.endsWith(CLEAR)).toBe(true)
  await vi.advanceTimersByTimeAsync(1000)
  end(0)
  expect(await code).toBe(0)
  expect(written.stderr).toBe(stderr)
})

test('Ctrl-C takes the bar away and ends the thread', async () => {
  const { thread, written, stopped, interrupt } = start(`static ${long} --batch 4`)
  const { listener } = await thread()
  listener.announce(4000)
  listener.report({ title, cost: 4000 })
  await vi.advanceTimersByTimeAsync(2000)
  interrupt()
  expect(written.stderr.endsWith(CLEAR)).toBe(true)
  expect(stopped).toHaveBeenCalledOnce()
})

test('wrong use is refused before any thread starts', async () => {
  for (const line of [
    `static ${long} --at 9,9,9,9`,
    `sweep kernels ${long} -K 2`,
    `compare x ${long}`,
  ]) {
    const { code, started, written } = start(line)
    expect(await code).toBe(2)
    expect(started).toEqual([])
    expect(written.stderr).toMatch(/^convlab: .+\n$/)
  }
})
