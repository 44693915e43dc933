// --input photo.jpg: what a run makes of an image, what it says of it, and the program that reads it too.
import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { languages } from '../../src/base/text.ts'
import { file } from '../files/fixtures.ts'
import { imageCases } from '../files/hostile.ts'
import { temporaryFolder } from '../folder.ts'
import { convlab } from './run.ts'

const folder = temporaryFolder()
const at = (name: string) => join(folder, name)

for (const [name, from] of Object.entries({
  'rgb.png': 'rgb-8.png',
  'grey.png': 'grey-8.png',
  'grey-16.png': 'grey-16.png',
  'rgba.png': 'rgba-16.png',
  'palette-see-through.png': 'palette-see-through.png',
  'turned-6.jpg': 'turned-6.jpg',
  'cmyk.jpg': 'cmyk.jpg',
  'frames.gif': 'frames.gif',
  'frames.webp': 'frames.webp',
  'pages.tif': 'pages.tif',
  'whole-chroma.avif': 'whole-chroma.avif',
}))
  writeFileSync(at(name), file(from))

const run = async (name: string, more: string) => {
  const given = `static --input ${at(name)} ${more} --json`
  const { code, stdout, stderr } = await convlab(given)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return JSON.parse(stdout)
}

test.each([
  ['rgb.png', '', [1, 3, 5, 7]],
  ['rgb.png', '--in 1', [1, 1, 5, 7]],
  ['rgb.png', '--size 10x3', [1, 3, 10, 3]],
  ['grey.png', '', [1, 1, 5, 7]],
  ['grey.png', '--in 3 --normalize imagenet', [1, 3, 5, 7]],
  ['rgba.png', '', [1, 3, 5, 7]],
  ['rgba.png', '--in 4', [1, 4, 5, 7]],
  ['grey-16.png', '', [1, 1, 5, 7]],
  ['turned-6.jpg', '', [1, 3, 21, 18]],
  ['cmyk.jpg', '', [1, 3, 18, 21]],
  ['frames.gif', '', [1, 3, 18, 21]],
  ['whole-chroma.avif', '', [1, 3, 18, 21]],
])('--input %s %s', async (name, more, shape) => {
  expect((await run(name, more)).input.shape).toEqual(shape)
})

test.each([
  ['turned-6.jpg', '', 'turned as its EXIF asks', '已按 EXIF 的方向转正'],
  ['frames.webp', '', 'the first of its 2 images', '共 2 幅图，取第一幅'],
  ['rgba.png', '', 'seen on white', '透明处垫白底'],
  [
    'pages.tif',
    '',
    'the first of its 2 images, turned as its EXIF asks',
    '共 2 幅图，取第一幅，已按 EXIF 的方向转正',
  ],
  ['rgba.png', '--in 4', undefined, undefined],
  ['rgb.png', '', undefined, undefined],
])('--input %s %s: what was done to it is said (%s)', async (name, more, en, zh) => {
  const { input } = await run(name, more)
  expect(input.notes?.join(', ')).toBe(en)
  for (const [locale, notes] of Object.entries({ en: en && ` (${en})`, zh: zh && `（${zh}）` })) {
    const { stdout } = await convlab(
      ['static', '--input', at(name), ...more.split(' ').filter(Boolean)],
      { locale },
    )
    expect(stdout.replace(/\n(?=\S)/g, ' ')).toContain(`${at(name)}${notes ?? ''}`)
    if (!notes) expect(stdout).not.toMatch(/white|白/)
  }
})

test.each([
  ['rgb.png', '', ["numpy.asarray(Image.open('@rgb.png').convert('RGB')) / 255"]],
  ['turned-6.jpg', '--in 1', ['ImageOps.exif_transpose(Image.open(', '[0.299, 0.587, 0.114]']],
  ['palette-see-through.png', '', ["convert('RGBA')", 'seen on white']],
  ['grey-16.png', '--in 3', ['/ 65535', 'repeat(3, axis=2)']],
  ['rgb.png', '--size 8x9', ["F.interpolate(x, (8, 9), mode='bilinear', antialias=True)"]],
])('--input %s %s --torch: the program reads the image itself', async (name, more, parts) => {
  const given = `static --input @${name} ${more} --torch`.replaceAll('@', `${folder}/`)
  const { code, stdout, stderr } = await convlab(given)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  for (const part of parts) expect(stdout).toContain(part.replaceAll('@', `${folder}/`))
  expect(stdout).toMatch(/^from PIL import Image(, ImageOps)?$/m)
})

describe.each([
  ['rgba.png', '', 'Pillow keeps 8 of the 16 bits'],
  ['grey-16.png', '--in 4', 'Pillow keeps 8 of the 16 bits'],
  ['frames.gif', '', 'leaves pixels out'],
  ['whole-chroma.avif', '', 'rules of its own: use --save same.py'],
])('--input %s %s --torch: Pillow has other values', (name, more, why) => {
  test.each(languages)('which is said in one line (%s)', async (locale) => {
    const { code, stdout, stderr } = await convlab(`static --input ${at(name)} ${more} --torch`, {
      locale,
    })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/^convlab: [^\n]+same\.py[^\n]+\n$/)
    if (locale === 'en') expect(stderr).toContain(why)
    else expect(stderr).toMatch(/\p{Script=Han}/u)
  })
})

describe('as a process', () => {
  const program = new URL('../../bin/convlab.js', import.meta.url).pathname
  const node = promisify(execFile)

  test.each([
    ['', false],
    ['--input @rgb.png', true],
  ])('static %s: the decoder is loaded: %s', async (more, loaded) => {
    const hook = at('hook.cjs')
    writeFileSync(
      hook,
      `process.on('exit', () => {
        process.stderr.write(String(Object.keys(require.cache).some((file) => /[\\\\/]sharp[\\\\/]/.test(file))))
      })`,
    )
    const args = ['static', ...more.replace('@', `${folder}/`).split(' ')].filter(Boolean)
    const { stderr } = await node(process.execPath, ['--require', hook, program, ...args])
    expect(stderr).toBe(String(loaded))
  })

  test.each(Object.keys(imageCases).filter((name) => / of \S+ (by|columns)/.test(name)))(
    '%s: the decoders say nothing themselves',
    async (name) => {
      writeFileSync(at('case.png'), imageCases[name]!)
      const args = [program, 'static', '--input', at('case.png')]
      const { stderr } = await node(process.execPath, args).catch((error) => error)
      expect(stderr).toMatch(/^convlab: [^\n]+\n$/)
    },
  )
})
