// The program as a process: pipes that close, disks that are full, Ctrl-C, and long output.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { writeNpy } from '../../src/files/npy.ts'
import { readNpz, writeNpz } from '../../src/files/npz.ts'
import { joined } from '../files/fixtures.ts'
import { temporaryFolder } from '../folder.ts'

const root = new URL('../..', import.meta.url).pathname
const program = `${root}bin/convlab.js`
const run = promisify(execFile)
const folder = temporaryFolder()
const shell = async (script: string) => {
  const child = spawn('bash', [
    '-o',
    'pipefail',
    '-c',
    script.replaceAll('convlab', `node ${program}`),
  ])
  const text = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk) => {
    text.stdout += chunk
  })
  child.stderr.on('data', (chunk) => {
    text.stderr += chunk
  })
  const [code] = await once(child, 'close')
  return { code, ...text }
}

test('--article prints what the article does, byte for byte', async () => {
  expect((await run('node', [program, 'dynamic', '--article'])).stdout).toBe(
    'torch.Size([1, 4])\nweight torch.Size([4, 432])\ntorch.Size([16, 3, 3, 3])\ntorch.Size([1, 16, 30, 30])\n',
  )
  expect((await run('node', [program, 'static', '--article'])).stdout).toBe(
    'torch.Size([1, 16, 32, 32])\n',
  )
})

test("for a batch it prints the article's lines, PyTorch's error and the repair, and fails", async () => {
  const { code, stdout, stderr } = await shell('convlab dynamic --batch 2 --article')
  expect(code).toBe(1)
  expect(stdout).toBe(
    'torch.Size([2, 4])\nweight torch.Size([4, 432])\ntorch.Size([16, 6, 3, 3])\n',
  )
  expect(stderr).toContain(
    'Given groups=2, weight of size [16, 6, 3, 3], expected input[1, 6, 32, 32] to have 12 channels, but got 6 channels instead\n',
  )
  expect(stderr).toContain('convlab dynamic --batch 2 --torch')
})

test('a reader that stops early is no error', async () => {
  const { code, stdout, stderr } = await shell('convlab dynamic --json --values | head -1')
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '{\n', stderr: '' })
})

test('nor is one that stops before anything is written, or while a library prints', async () => {
  const page = await shell('convlab dynamic | true')
  expect({ code: page.code, stderr: page.stderr }).toEqual({ code: 0, stderr: '' })
  const script = await shell('convlab completion bash | true')
  expect({ code: script.code, stderr: script.stderr }).toEqual({ code: 0, stderr: '' })
})

test.runIf(existsSync('/dev/full'))('a full disk is reported in one line', async () => {
  const full = openSync('/dev/full', 'w')
  const child = spawn('node', [program, 'dynamic', '--json'], { stdio: ['ignore', full, 'pipe'] })
  let stderr = ''
  child.stderr?.on('data', (chunk) => {
    stderr += chunk
  })
  const [code] = await once(child, 'close')
  expect(code).toBe(2)
  expect(stderr).toMatch(/^convlab: cannot write the output: [^\n]*ENOSPC[^\n]*\n$/)
})

describe('Ctrl-C ends a long run with 130', () => {
  test.each([
    ['while it computes', ['static', '--in', '512', '--out', '512', '--size', '200', '-k', '5']],
    [
      'while it writes',
      ['static', '--in', '1', '--out', '64', '--size', '600', '--json', '--values'],
    ],
  ])('%s', async (_, args) => {
    const child = spawn('node', [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
    if (args.includes('--json')) await once(child.stdout, 'data')
    else await new Promise((resolve) => setTimeout(resolve, 1000))
    child.stdout.resume()
    child.kill('SIGINT')
    expect(await once(child, 'exit')).toEqual([130, null])
  })
})

test('in a pipe progress is a line a tenth at most, and only of long runs', async () => {
  const long = await shell(
    'convlab dynamic --in 64 --out 64 --size 128 --batch 32 --json --lang zh',
  )
  expect(long.code).toBe(0)
  expect(JSON.parse(long.stdout).steps.at(-1).shape).toEqual([32, 64, 126, 126])
  const lines = long.stderr.split('\n').slice(0, -1)
  for (const line of lines) expect(line).toMatch(/^\d+% \p{Script=Han}[^\p{Control}]+$/u)
  const tenths = lines.map((line) => Math.floor(Number.parseInt(line, 10) / 10))
  expect(new Set(tenths).size).toBe(tenths.length)
  const short = await shell('convlab dynamic --json')
  expect(short.stderr).toBe('')
})

test('200 million multiply-adds with every value are streamed in bounded memory', async () => {
  const script = `
    convlab static --in 28 --out 64 --size 112 --json --values |
    node -e '
      let bytes = 0
      process.stdin.on("data", (chunk) => { bytes += chunk.length })
      process.stdin.on("end", () => console.log(bytes))
    '`
  const { code, stdout } = await shell(script)
  expect(code).toBe(0)
  expect(Number(stdout)).toBeGreaterThan(64 * 112 * 112 * 9)
})

test('a long run in a thread of its own gets its input and weights from files, too', async () => {
  const at = (name: string) => join(folder, name)
  const x = { shape: [1, 16, 64, 64], values: new Float32Array(16 * 64 * 64).fill(1) }
  const weight = { shape: [64, 16, 3, 3], values: new Float32Array(64 * 16 * 9).fill(0.5) }
  writeFileSync(at('x.npy'), joined(writeNpy(x)))
  writeFileSync(at('w.npz'), joined(writeNpz({ weight })))
  const args = `static --out 64 --no-bias --input ${at('x.npy')} --weights ${at('w.npz')}`
  await run('node', [program, ...args.split(' '), '--save', at('run.npz')])
  const { output } = readNpz(readFileSync(at('run.npz')), ['output'])
  expect(output?.values[64 + 1]).toBeCloseTo(16 * 9 * 0.5, 4) // inside the border of zeros
  expect(output?.values[0]).toBeCloseTo(16 * 4 * 0.5, 4)
}, 60_000)

test('the document of a long run is whole', async () => {
  const { stdout } = await run(
    'node',
    [program, ...'static --in 8 --out 16 --size 64 --json --values'.split(' ')],
    { maxBuffer: 2 ** 28 },
  )
  const document = JSON.parse(stdout)
  expect(document.steps.at(-1).values.length).toBe(16 * 64 * 64)
})
