// The tree keeps its promises: imports point one way, and the rooms hold what they are for.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { layers } from '../src/layers/index.ts'

const source = new URL('../src', import.meta.url).pathname
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) =>
  /\.tsx?$/.test(file),
)

/** Rooms from the ground up: each may import, at run time, from those before it and its own line. */
const floors = [
  ['text', 'errors', 'nearest', 'unknown', 'given'],
  ['tensor', 'random'],
  ['layers', 'trace'],
  ['bench', 'count', 'sweep', 'mistakes', 'lessons', 'experiments'],
  ['claims'],
  ['render', 'files'],
  ['cli', 'main', 'start', 'index'],
]

const roomOf = (file: string) => file.split('/')[0]?.replace(/\.ts$/, '') ?? ''
const floorOf = (room: string) => floors.findIndex((rooms) => rooms.includes(room))

/** Rooms that a file imports from, other than for types. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(source, file), 'utf8')
  const specifiers = [...text.matchAll(/^(?:import|export) (?!type )[^'"]*from '(\.[^']+)'/gms)]
  return specifiers.map(([, path = '']) => relative(source, join(source, dirname(file), path)))
}

describe.each(files)('%s', (file) => {
  test('imports point one way', () => {
    expect(floorOf(roomOf(file)), 'every room has its floor').toBeGreaterThanOrEqual(0)
    for (const imported of importsOf(file))
      expect(floorOf(roomOf(imported)), imported).toBeLessThanOrEqual(floorOf(roomOf(file)))
  })
})

test('only src/tensor/tensor.ts imports ndarray, only src/cli commander', () => {
  const importing = (name: string) =>
    files.filter((file) => readFileSync(join(source, file), 'utf8').includes(`from '${name}'`))
  expect(importing('ndarray')).toEqual(['tensor/tensor.ts'])
  expect(importing('commander').every((file) => file.startsWith('cli/'))).toBe(true)
})

test('only the page is written for a browser, and it imports nothing that is not one', () => {
  const page = 'render/html/page/'
  expect(files.filter((file) => file.endsWith('.tsx') && !file.startsWith(page))).toEqual([])
  for (const file of files.filter((each) => each.startsWith(page))) {
    const text = readFileSync(join(source, file), 'utf8')
    expect(text.match(/from '(?!\.|preact)[^']+'/g) ?? [], file).toEqual([])
    expect(text.match(/dangerouslySetInnerHTML|innerHTML|document\.write/) ?? [], file).toEqual([])
  }
})

test('every layer is a folder, and every folder a layer', () => {
  const folders = readdirSync(join(source, 'layers'), { withFileTypes: true })
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
  for (const file of [...files.map((each) => join(source, each)), ...written, readme]) {
    const text = readFileSync(file, 'utf8')
    expect(text.match(/抽头|(核|相邻|个)元素|深度卷积|逐通道卷积/gu) ?? [], file).toEqual([])
  }
})

test('half-width punctuation never touches Chinese', () => {
  for (const file of files) {
    const text = readFileSync(join(source, file), 'utf8')
    expect(text.match(/\p{Script=Han}[,;:?!]|[,;?!]\p{Script=Han}/gu) ?? [], file).toEqual([])
  }
})
