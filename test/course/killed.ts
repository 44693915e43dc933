// A process that is killed while it saves progress, and what it leaves behind.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'vitest'
import { readState } from '../../src/course/state-format.ts'
import { built, freshState } from './course.ts'

export const saver = built('saver.ts')

/** Kills a saver in the middle of its work; the name of the whole state, old or new, that it left. */
export async function leftBehind(delay: number): Promise<string> {
  const path = freshState()
  const child = spawn(process.execPath, [saver, path, 'forever'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  await pause(delay)
  child.kill('SIGKILL')
  await once(child, 'close')
  const text = readFileSync(path, 'utf8')
  const read = readState(text)
  if (!('state' in read)) throw new Error(`left behind: ${text.slice(0, 200)}`)
  const { student, students } = read.state
  expect(Object.keys(students[student]?.lessons[student]?.questions ?? {})).toHaveLength(300)
  return student
}
