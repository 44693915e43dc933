// The engine's document: its figure is what the engine's own numbers draw. `npm run docs` draws it anew.
import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { engineFigure } from './engine-figure.ts'

const folder = new URL('../../src/tensor/engine/', import.meta.url)

test('the figure is up to date, and the document shows it', () => {
  const file = new URL('technique.svg', folder)
  if (process.env.CONVLAB_WRITE_DOCS) writeFileSync(file, engineFigure())
  expect(readFileSync(file, 'utf8')).toBe(engineFigure())
  expect(readFileSync(new URL('README.md', folder), 'utf8')).toContain('(technique.svg)')
})

test('the files that the document names exist', () => {
  const text = readFileSync(new URL('README.md', folder), 'utf8')
  const named = [...text.matchAll(/`([\w/]+\.ts)`/g)].map(([, name]) => name)
  for (const name of named) expect(readFileSync(new URL(name ?? '', folder), 'utf8')).not.toBe('')
  expect(named.length).toBeGreaterThan(10)
})
