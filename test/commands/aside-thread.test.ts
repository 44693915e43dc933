// A thread that cannot finish its errand says why.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Errand } from '../../src/cli/errand.ts'
import { startThread } from '../../src/program/aside-thread.ts'
import { temporaryFolder } from './folder.ts'

const folder = temporaryFolder()
const errands: Record<string, Errand> = {
  'a command': { args: ['dynamic'] },
  'a run': { layer: 'dynamic', given: {} },
}

/** What comes of an errand in a thread whose program is this. */
function errandIn(program: string, errand: Errand) {
  const file = join(folder, 'thread.cjs')
  writeFileSync(file, program)
  const given = { engine: { name: 'wasm', fma: false, threads: 1 }, place: {} } as never
  const host = { stdout: process.stdout, stderr: process.stderr, unfinished() {}, exit() {} }
  const listener = { announce() {}, report() {}, spoke() {} }
  return startThread(file, given, errand, listener, host).done
}

test.each(Object.entries(errands))(
  'what %s throws in a thread keeps its message and its stack',
  async (_, errand) => {
    const program = 'function convolve() { throw new TypeError("not a kernel") }\nconvolve()'
    const error = await errandIn(program, errand).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(TypeError)
    expect(error).toMatchObject({
      message: 'not a kernel',
      stack: expect.stringContaining('at convolve'),
    })
  },
)

test('a rejected promise keeps them as well', async () => {
  const program = 'Promise.reject(new RangeError("too large"))'
  await expect(errandIn(program, errands['a run'] as Errand)).rejects.toThrow('too large')
})

test('a command ends with the code of its thread, a run cannot', async () => {
  const program = 'process.exit(3)'
  expect(await errandIn(program, errands['a command'] as Errand)).toBe(3)
  await expect(errandIn(program, errands['a run'] as Errand)).rejects.toThrow(
    'the thread ended with 3 before its run',
  )
})
