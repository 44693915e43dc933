// The tree keeps its promises: imports point one way, and the rooms hold what they are for.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { commands } from '../src/commands/index.ts'
import { layers } from '../src/layers/index.ts'
import { convlab } from './commands/run.ts'

const root = new URL('..', import.meta.url).pathname
const files = ['src', 'lessons'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => join(folder, file)),
)
const textOf = (file: string) => readFileSync(join(root, file), 'utf8')

/** Rooms from the ground up; a file imports from its own room and from those before it. */
const rooms = [
  ...['base', 'tensor', 'random', 'ops', 'trace', 'layers', 'run'],
  ...['training', 'networks', 'mistakes', 'claims', 'files', 'show', 'course'],
  ...['lessons', 'cli', 'commands', 'program'],
]

/** src/index.ts, the library, stands above all rooms. */
function roomOf(file: string): string {
  const [top = '', room = ''] = file.split('/')
  return top === 'src' ? room : top
}
const floorOf = (file: string) =>
  file === 'src/index.ts' ? rooms.length : rooms.indexOf(roomOf(file))

/** What a file names from elsewhere in the tree: for types too, and lazily too. */
function importsOf(file: string): string[] {
  const specifiers = textOf(file).matchAll(/(?:\bfrom|\bimport\(|^import)\s*'(\.[^']+)'/gm)
  return [...specifiers].map(([, path = '']) => relative(root, join(root, dirname(file), path)))
}

const graph = new Map(files.map((file) => [file, importsOf(file)]))

/** Every pair of a file and one that it imports, where the pair is of that kind. */
function imports(where: (file: string, imported: string) => boolean): string[] {
  return [...graph].flatMap(([file, all]) =>
    all.filter((imported) => where(file, imported)).map((imported) => `${file} -> ${imported}`),
  )
}

/** Files in a circle of imports: what is left when files that import nothing left are taken away. */
function circles(): string[] {
  const left = new Map([...graph].map(([file, all]) => [file, new Set(all)]))
  for (let before = Infinity; left.size < before; ) {
    before = left.size
    for (const [file, all] of left) if (![...all].some((each) => left.has(each))) left.delete(file)
  }
  return [...left.keys()]
}

describe('imports', () => {
  test('every file stands in a room, and there are at most 17 below src', () => {
    expect(files.filter((file) => floorOf(file) < 0)).toEqual([])
    const below = new Set(files.filter((file) => file.split('/').length > 2).map(roomOf))
    expect([...below].sort()).toEqual([...rooms].sort())
    below.delete('lessons')
    expect(below.size).toBeLessThanOrEqual(17)
  })

  test('point one way, those of types too', () => {
    expect(imports((file, imported) => floorOf(imported) > floorOf(file))).toEqual([])
  })

  test('run in no circle', () => {
    expect(circles()).toEqual([])
  })

  test('lead from a lesson to the course alone', () => {
    const foreign = (file: string) => !['lessons', 'course'].includes(roomOf(file))
    expect(imports((file, imported) => roomOf(file) === 'lessons' && foreign(imported))).toEqual([])
  })

  test('never lead from command to command', () => {
    const commandOf = (file: string) => /^src\/commands\/(\w+)\//.exec(file)?.[1]
    const other = (file: string, imported: string) =>
      commandOf(imported) !== undefined && commandOf(imported) !== commandOf(file)
    expect(
      imports((file, imported) => commandOf(file) !== undefined && other(file, imported)),
    ).toEqual([])
  })
})

describe('commands', () => {
  const folders = readdirSync(join(root, 'src/commands'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
  const lazy = (file: string) =>
    [...textOf(file).matchAll(/\bimport\('(\.[^']+)'\)/g)].map(([, path = '']) => path)

  test('every folder of a command has its line in the registry', () => {
    const registered = new Set(lazy('src/commands/index.ts'))
    expect([...registered].sort()).toEqual(folders.map((name) => `./${name}/command.ts`))
  })

  test('no command reads a file of its own lazily: it is read when it is meant', () => {
    for (const file of files.filter((each) => /^src\/commands\/\w+\//.test(each)))
      expect(
        lazy(file).filter((path) => join(dirname(file), path).startsWith('src/commands/')),
        file,
      ).toEqual([])
  })

  test.each(commands)('the list shows behind $name what its own usage does', async (listed) => {
    const { stdout } = await convlab(`${listed.name} --help`)
    const [, usage] = /^Usage: convlab \S+ \[options\] ?(.*)$/m.exec(stdout) ?? []
    // of commands below it the list says at most that there are some
    const shown = usage?.startsWith('<') ? ['', '...'] : [usage]
    expect(shown).toContain(listed.operands ?? '')
  })
})

describe('packages', () => {
  const importing = (name: string) =>
    files.filter((file) => textOf(file).includes(`from '${name}'`))

  test('ndarray is known to src/tensor/tensor.ts alone', () => {
    expect(importing('ndarray')).toEqual(['src/tensor/tensor.ts'])
  })

  test('commander is known to command.ts files, src/cli and src/program alone', () => {
    const may = /^src\/(commands\/\w+\/command\.ts$|cli\/|program\/)/
    expect(importing('commander').filter((file) => !may.test(file))).toEqual([])
  })
})

test('only the page is written for a browser, and it imports nothing that is not one', () => {
  const page = 'src/show/html/page/'
  expect(files.filter((file) => file.endsWith('.tsx') && !file.startsWith(page))).toEqual([])
  for (const file of files.filter((each) => each.startsWith(page))) {
    const text = textOf(file)
    expect(text.match(/from '(?!\.|preact)[^']+'/g) ?? [], file).toEqual([])
    expect(text.match(/dangerouslySetInnerHTML|innerHTML|document\.write/) ?? [], file).toEqual([])
  }
})

test("CONTRIBUTING's way of a run leads from file to file, in 25 at most", () => {
  const [, way = ''] = /^## The way of a run$(.*?)^## /ms.exec(textOf('CONTRIBUTING.md')) ?? []
  const steps = [...way.matchAll(/^\d+\. `([^`]+)`/gm)].map(([, file = '']) => file)
  expect(steps.length).toBeLessThanOrEqual(25)
  const [program, start, main, ...rest] = steps
  expect([program, start, main].map((file = '') => textOf(file))).not.toContain('')
  const known = new Set(importsOf(main ?? ''))
  for (const file of rest) {
    expect(known, 'what is read so far imports it').toContain(file)
    for (const each of importsOf(file)) known.add(each)
  }
})

test('every layer is a folder, and every folder a layer', () => {
  const folders = readdirSync(join(root, 'src/layers'), { withFileTypes: true })
  expect(folders.filter((entry) => entry.isDirectory()).map(({ name }) => name)).toEqual(
    Object.keys(layers).sort(),
  )
})

test('Chinese has one word for a tap, and one for depthwise', () => {
  const lessons = new URL('../lessons', import.meta.url).pathname
  const written = readdirSync(lessons, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|md)$/.test(file))
    .map((file) => join(lessons, file))
  const readme = new URL('../README.zh.md', import.meta.url).pathname
  for (const file of [...files.map((each) => join(root, each)), ...written, readme]) {
    const text = readFileSync(file, 'utf8')
    expect(text.match(/抽头|(核|相邻|个)元素|深度卷积|逐通道卷积/gu) ?? [], file).toEqual([])
  }
})

test('half-width punctuation never touches Chinese', () => {
  for (const file of files.filter((each) => each.startsWith('src/')))
    expect(textOf(file).match(/\p{Script=Han}[,;:?!]|[,;?!]\p{Script=Han}/gu) ?? [], file).toEqual(
      [],
    )
})
