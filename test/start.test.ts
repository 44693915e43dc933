// The program starts from the bytecode of the build, and without it as well.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const root = new URL('..', import.meta.url).pathname
const folder = mkdtempSync(join(tmpdir(), 'convlab-start-'))
for (const part of ['bin', 'dist', 'package.json'])
  cpSync(join(root, part), join(folder, part), { recursive: true })
afterAll(() => rmSync(folder, { recursive: true }))

const bytecode = join(folder, 'dist/core.bytecode')
const program = join(folder, 'bin/convlab.js')
const run = (...args: string[]) =>
  execFileSync(process.execPath, [program, ...args], { encoding: 'utf8' })
const expected = run('dynamic', '-K', '4')

test('this Node takes the bytecode that the build made', () => {
  const { compileCore } = createRequire(import.meta.url)(join(root, 'dist/start.cjs'))
  expect(compileCore().cachedDataRejected).toBe(false)
})

test('a main job reads no piece but the core', () => {
  rmSync(join(folder, 'dist/pieces'), { recursive: true })
  expect(run('dynamic', '-K', '4')).toBe(expected)
  cpSync(join(root, 'dist/pieces'), join(folder, 'dist/pieces'), { recursive: true })
})

test('bytecode of another version of Node is refused, and the answer is the same', () => {
  const other = readFileSync(bytecode)
  other[4] = (other[4] as number) ^ 1 // the hash of V8's version
  writeFileSync(bytecode, other)
  expect(run('dynamic', '-K', '4')).toBe(expected)
})

test('without bytecode, and without a core, the answer is the same', () => {
  rmSync(bytecode)
  expect(run('dynamic', '-K', '4')).toBe(expected)
  rmSync(join(folder, 'dist/core.js'))
  expect(run('dynamic', '-K', '4')).toBe(expected)
})
