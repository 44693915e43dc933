// Every malformed file is refused in one line, by the reader and by the program, and leaves nothing.
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { UsageError } from '../../src/base/errors.ts'
import { languages } from '../../src/base/text.ts'
import { decodeImage } from '../../src/files/image.ts'
import { readNpy } from '../../src/files/npy.ts'
import { readNpz } from '../../src/files/npz.ts'
import { readSafetensors } from '../../src/files/safetensors.ts'
import { convlab } from '../commands/run.ts'
import { temporaryFolder } from '../folder.ts'
import { imageCases, npyCases, npzCases, safetensorsCases, swellingPng } from './hostile.ts'

/** Bytes that a reader may take for a file it refuses; the bombs would take more. */
const ENOUGH = 200 * 2 ** 20

const folder = temporaryFolder()
const forms: [
  form: string,
  cases: Record<string, Uint8Array>,
  read: (bytes: Uint8Array) => unknown,
  flags: string,
][] = [
  ['npy', npyCases, readNpy, '--input'],
  ['npz', npzCases, (bytes) => readNpz(bytes, ['array']), '--weights'],
  ['safetensors', safetensorsCases, readSafetensors, '--weights'],
  ['png', imageCases, decodeImage, '--input'],
]

test('there are enough malformed files', () => {
  expect(forms.flatMap(([, cases]) => Object.keys(cases)).length).toBeGreaterThan(100)
})

test('what swells behind the last pixel of a PNG is never inflated', async () => {
  const before = process.memoryUsage.rss()
  const { rows, columns } = await decodeImage(swellingPng)
  expect([rows, columns]).toEqual([8, 8])
  expect(process.memoryUsage.rss() - before).toBeLessThan(ENOUGH)
})

describe.each(forms)('.%s', (form, cases, read, flag) => {
  describe.each(Object.entries(cases))('%s', (_, bytes) => {
    test('is refused by its reader in bounded memory', async () => {
      const before = process.memoryUsage.rss()
      await expect((async () => read(bytes))()).rejects.toThrow(UsageError)
      expect(process.memoryUsage.rss() - before).toBeLessThan(ENOUGH)
    })

    test.each(languages)('is answered by one line (%s)', async (language) => {
      const path = join(folder, `case.${form}`)
      writeFileSync(path, bytes)
      const args = ['static', flag, path, '--save', join(folder, 'run.npz')]
      const { code, stdout, stderr } = await convlab(args, { locale: language })
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).toMatch(/^convlab: [^\n]+\n$/)
      expect(stderr.length).toBeLessThan(600)
      expect(stderr).toContain(path)
      if (language === 'zh') expect(stderr).toMatch(/\p{Script=Han}/u)
      expect(readdirSync(folder).filter((file) => !file.startsWith('case.'))).toEqual([])
    })
  })
})
