// A thread that cannot finish its work says why.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { OffloadedWork } from '../../src/cli/offloaded-work.ts'
import { startOffload } from '../../src/program/offload-thread.ts'
import { temporaryFolder } from '../folder.ts'

const folder = temporaryFolder()
const works: Record<string, OffloadedWork> = {
  'a command': { args: ['dynamic'] },
  'a run': { layer: 'dynamic', given: {} },
}

/** What comes of work in a thread whose program is this. */
function outcomeOf(program: string, work: OffloadedWork) {
  const file = join(folder, 'thread.cjs')
  writeFileSync(file, program)
  const given = { engine: { name: 'wasm', fma: false, threads: 1 }, place: {} } as never
  const host = { stdout: process.stdout, stderr: process.stderr, unfinished() {}, exit() {} }
  const listener = { announce() {}, report() {}, spoke() {} }
  return startOffload(file, given, work, listener, host).done
}

test.each(Object.entries(works))(
  'what %s throws in a thread keeps its message and its stack',
  async (_, work) => {
    const program = 'function convolve() { throw new TypeError("not a kernel") }\nconvolve()'
    const error = await outcomeOf(program, work).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(TypeError)
    expect(error).toMatchObject({
      message: 'not a kernel',
      stack: expect.stringContaining('at convolve'),
    })
  },
)

test('a rejected promise keeps them as well', async () => {
  const program = 'Promise.reject(new RangeError("too large"))'
  await expect(outcomeOf(program, works['a run'] as OffloadedWork)).rejects.toThrow('too large')
})

test('a command ends with the code of its thread, a run cannot', async () => {
  const program = 'process.exit(3)'
  expect(await outcomeOf(program, works['a command'] as OffloadedWork)).toBe(3)
  await expect(outcomeOf(program, works['a run'] as OffloadedWork)).rejects.toThrow(
    'the thread ended with 3 before its run',
  )
})
