// The program starts from bytecode that fits, and without any as well.
import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { temporaryFolder } from './folder.ts'

const root = new URL('..', import.meta.url).pathname
const folder = temporaryFolder()
const dist = join(folder, 'dist')
const cache = join(folder, 'cache')
const mainJob = ['dynamic', '-K', '4']
const expected = run(mainJob, { program: join(root, 'bin/convlab.js') })
for (const part of ['bin', 'dist', 'package.json'])
  cpSync(join(root, part), join(folder, part), { recursive: true })

beforeEach(() => {
  for (const name of readdirSync(dist).filter((each) => each.startsWith('core')))
    rmSync(join(dist, name))
  for (const name of readdirSync(join(root, 'dist')).filter((each) => each.startsWith('core')))
    cpSync(join(root, 'dist', name), join(dist, name))
  rmSync(cache, { recursive: true, force: true })
})

/** What it prints, where it may keep bytecode in `cache`. */
function run(
  args: readonly string[],
  { program = join(folder, 'bin/convlab.js'), env = {}, node = [] as readonly string[] } = {},
): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...node, program, ...args], {
    encoding: 'utf8',
    env: { ...process.env, NODE_COMPILE_CACHE: undefined, XDG_CACHE_HOME: cache, ...env },
  })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return stdout
}

const bytecodeIn = (place: string) =>
  readdirSync(place)
    .filter((name) => name.endsWith('.bytecode'))
    .map((name) => join(place, name))
const built = () => bytecodeIn(dist)[0] as string
const kept = (place = join(cache, 'convlab')) => (existsSync(place) ? bytecodeIn(place) : [])

test('this Node takes the bytecode that the build made, and keeps none of its own', () => {
  expect(bytecodeIn(dist)).toHaveLength(1)
  expect(run(mainJob)).toBe(expected)
  expect(existsSync(cache)).toBe(false)
})

test('a main job reads no piece but the core', () => {
  const pieces = join(dist, 'pieces')
  renameSync(pieces, join(folder, 'elsewhere'))
  try {
    expect(run(mainJob)).toBe(expected)
  } finally {
    renameSync(join(folder, 'elsewhere'), pieces)
  }
})

test('without a core every piece is read from its file', () => {
  rmSync(join(dist, 'core.js'))
  expect(run(mainJob)).toBe(expected)
  expect(existsSync(cache)).toBe(false)
})

test('bytecode of another core of the same length is not run', () => {
  const core = join(dist, 'core.js')
  const text = readFileSync(core, 'utf8')
  const other = text.replaceAll('Dynamic convolution', 'Dynamic CONVOLUTION')
  writeFileSync(
    core,
    other.replace(/^\/\/ ./, (start) => `// ${start.endsWith('0') ? 1 : 0}`),
  )
  expect(run(mainJob)).toBe(expected.replace('Dynamic convolution', 'Dynamic CONVOLUTION'))
})

describe.each<[string, (bytes: Buffer) => Buffer]>([
  ['with one bit changed', (bytes) => flipped(bytes, Math.floor(bytes.length / 2))],
  ['with the last bit changed', (bytes) => flipped(bytes, bytes.length - 1)],
  ['cut in half', (bytes) => bytes.subarray(0, bytes.length / 2)],
  ['of nothing but zeros', (bytes) => Buffer.alloc(bytes.length)],
  ['that is empty', () => Buffer.alloc(0)],
])('bytecode %s', (_, damage) => {
  test('of the build is not run: the user gets another', () => {
    writeFileSync(built(), damage(readFileSync(built())))
    expect(run(mainJob)).toBe(expected)
    expect(kept()).toHaveLength(1)
  })

  test('in the cache is not run, but made anew', () => {
    rmSync(built())
    run(mainJob)
    const [file = ''] = kept()
    const good = readFileSync(file)
    writeFileSync(file, damage(good))
    expect(run(mainJob)).toBe(expected)
    const { length } = readFileSync(file)
    expect(length).toBeGreaterThan(good.length / 2)
    const { ino } = statSync(file)
    expect(run(mainJob)).toBe(expected)
    expect(statSync(file).ino, 'good now, and so kept as it is').toBe(ino)
  })
})

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes)
  copy[at] = (copy[at] as number) ^ 1
  return copy
}

describe('where the build made no bytecode for this Node', () => {
  beforeEach(() => rmSync(built()))

  test('the first main job keeps some, the second takes it', () => {
    expect(run(mainJob)).toBe(expected)
    const files = kept()
    expect(files).toHaveLength(1)
    const { ino } = statSync(files[0] as string)
    expect(run(mainJob)).toBe(expected)
    expect(kept()).toEqual(files)
    expect(statSync(files[0] as string).ino).toBe(ino)
  })

  test('a run that needs less than the core keeps none', () => {
    run(['--version'])
    expect(existsSync(cache)).toBe(false)
  })

  test('what V8 refuses, made under other flags, is replaced', () => {
    run(mainJob)
    const [file = ''] = kept()
    const { ino } = statSync(file)
    expect(run(mainJob, { node: ['--stack-size=900'] })).toBe(expected)
    expect(statSync(file).ino).not.toBe(ino)
  })

  test('NODE_COMPILE_CACHE names another folder', () => {
    const other = join(folder, 'other')
    run(mainJob, { env: { NODE_COMPILE_CACHE: other } })
    expect(existsSync(cache)).toBe(false)
    expect(kept(join(other, 'convlab'))).toHaveLength(1)
  })

  test('NODE_DISABLE_COMPILE_CACHE forbids it', () => {
    expect(run(mainJob, { env: { NODE_DISABLE_COMPILE_CACHE: '1' } })).toBe(expected)
    expect(existsSync(cache)).toBe(false)
  })

  test.each(['a-file', 'no/such/folder'])(
    'in %s nothing can be kept, and nothing is said',
    (place) => {
      writeFileSync(join(folder, 'a-file'), '')
      const parts = readdirSync(folder)
      expect(run(mainJob, { env: { XDG_CACHE_HOME: join(folder, place) } })).toBe(expected)
      expect(readdirSync(folder)).toEqual(parts)
    },
  )

  test('a home that is not there is not made', () => {
    const env = { XDG_CACHE_HOME: undefined, HOME: join(folder, 'nobody') }
    expect(run(mainJob, { env })).toBe(expected)
    expect(existsSync(env.HOME)).toBe(false)
  })
})
