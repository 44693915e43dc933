import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, constants, openSync, readFileSync, readSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { BriefOutput, isPlain } from '../../src/program/brief-output.ts'
import { temporaryFolder } from '../folder.ts'

const folder = temporaryFolder()

/** An output for that descriptor, and what its stream is given, if it is ever asked for. */
function outputTo(descriptor: number) {
  const stream = new PassThrough({ highWaterMark: 100_000 })
  const opened: PassThrough[] = []
  const output = new BriefOutput(descriptor, () => {
    opened.push(stream)
    return stream as unknown as NodeJS.WriteStream
  })
  return { output, opened, given: () => String(stream.read() ?? '') }
}

test('a short page goes to a file at once, and no stream is made', () => {
  const file = join(folder, 'page')
  const descriptor = openSync(file, 'w')
  const { output, opened } = outputTo(descriptor)
  expect(output.write('卷积 ')).toBe(true)
  expect(output.write('and more\n')).toBe(true)
  expect(readFileSync(file, 'utf8')).toBe('卷积 and more\n')
  expect(opened).toEqual([])
})

test('what follows a long text goes through the stream too, in order', () => {
  const file = join(folder, 'long')
  const { output, opened, given } = outputTo(openSync(file, 'w'))
  output.write('first ')
  output.write('x'.repeat(10_000))
  output.write(' last')
  expect(readFileSync(file, 'utf8')).toBe('first ')
  expect(given()).toBe(`${'x'.repeat(10_000)} last`)
  expect(opened).toHaveLength(1)
})

test('once somebody else writes to the stream, everything goes there', () => {
  const file = join(folder, 'shared')
  const { output, given } = outputTo(openSync(file, 'w'))
  output.stream.write('theirs, ')
  output.write('ours')
  expect(given()).toBe('theirs, ours')
  expect(readFileSync(file, 'utf8')).toBe('')
})

test('who waits for a slow reader hears when it has read', async () => {
  const { output, given } = outputTo(openSync(join(folder, 'slow'), 'w'))
  expect(output.write('x'.repeat(200_000))).toBe(false)
  const drained = once(output, 'drain')
  given()
  await drained
})

test.skipIf(process.platform === 'win32')(
  'a pipe that is full keeps what fits, and the stream the rest',
  () => {
    const path = join(folder, 'pipe')
    execFileSync('mkfifo', [path])
    const pipe = openSync(path, constants.O_RDWR | constants.O_NONBLOCK)
    let room = 0
    try {
      for (;;) room += writeSync(pipe, Buffer.alloc(4096))
    } catch {}
    const read = () => readSync(pipe, Buffer.alloc(4096))
    const { output, given } = outputTo(pipe)
    output.write('nothing fits')
    expect(given()).toBe('nothing fits')

    const partly = outputTo(pipe)
    read()
    partly.output.write('x'.repeat(8000))
    expect(partly.given()).toBe('x'.repeat(8000 - 4096))
    expect(room).toBeGreaterThan(8192)
    closeSync(pipe)
  },
)

test('a file is plain, a terminal or nothing is not', () => {
  expect(isPlain(openSync(join(folder, 'plain'), 'w'))).toBe(process.platform !== 'win32')
  expect(isPlain(openSync('/dev/zero', 'r'))).toBe(false)
  expect(isPlain(9999)).toBe(false)
})
