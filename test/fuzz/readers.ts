// Every reader on files that were whole, or cleverly broken, and are damaged at random: it returns,
// or throws one line, soon and in bounded memory.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { UsageError } from '../../src/base/errors.ts'
import { languages } from '../../src/base/text.ts'
import { decodeImage } from '../../src/files/image.ts'
import { type Channels, imageValues } from '../../src/files/image-values.ts'
import { readNpy } from '../../src/files/npy.ts'
import { readNpz } from '../../src/files/npz.ts'
import { readSafetensors } from '../../src/files/safetensors.ts'
import { folder } from '../files/fixtures.ts'
import { imageCases, npyCases, npzCases, safetensorsCases } from '../files/hostile.ts'

/** What one file may take; damage can leave an image large, but never above the readers' bounds. */
const MOST_MILLISECONDS = 20_000
const MOST_BYTES = 3 * 2 ** 30
/** Seeds larger than this slow the search down. */
const LARGEST_SEED = 2 ** 14

const readers: Record<string, { read(bytes: Uint8Array): unknown; seeds: Uint8Array[] }> = {
  npy: { read: readNpy, seeds: seedsOf(/\.npy$/, npyCases) },
  npz: { read: (bytes) => readNpz(bytes), seeds: seedsOf(/\.npz$/, npzCases) },
  safetensors: { read: readSafetensors, seeds: seedsOf(/\.safetensors$/, safetensorsCases) },
  png: image(/\.png$/, 3, imageCases),
  jpg: image(/\.jpg$/, 1),
  webp: image(/\.webp$/, 4),
  gif: image(/\.gif$/, 3),
  tif: image(/\.tif$/, 1),
  avif: image(/\.avif$/, 3),
}

function image(name: RegExp, channels: Channels, cases: Record<string, Uint8Array> = {}) {
  const read = async (bytes: Uint8Array) => imageValues(await decodeImage(bytes), channels)
  return { read, seeds: seedsOf(name, cases) }
}

/** 0 if nothing was found; the file that breaks a reader is kept and named. */
export async function fuzz(seconds: number, seed: number): Promise<number> {
  const random = numbers(seed)
  console.log(`seed ${seed}, ${seconds} s a reader`)
  let failures = 0
  for (const [name, { read, seeds }] of Object.entries(readers)) {
    const end = performance.now() + 1000 * seconds
    const count = { read: 0, refused: 0 }
    while (performance.now() < end) {
      const bytes = damaged(seeds, random)
      const problem = await problemOf(read, bytes, count)
      if (problem === undefined) continue
      const path = join(tmpdir(), `convlab-fuzz-${name}-${seed}-${failures++}.${name}`)
      writeFileSync(path, bytes)
      console.log(`${name}: ${problem}\n  ${path}`)
      break
    }
    console.log(`${name}: ${count.read} files read, ${count.refused} refused`)
  }
  return failures === 0 ? 0 : 1
}

async function problemOf(
  read: (bytes: Uint8Array) => unknown,
  bytes: Uint8Array,
  count: { read: number; refused: number },
): Promise<string | undefined> {
  const start = performance.now()
  try {
    await read(bytes)
    count.read++
  } catch (error) {
    if (!(error instanceof UsageError)) return `a bug: ${(error as Error).stack}`
    count.refused++
    for (const language of languages)
      if (!/^[^\p{Control}]{1,500}$/u.test(error.text[language]))
        return `no readable line: ${JSON.stringify(error.text[language])}`
  }
  const took = performance.now() - start
  if (took > MOST_MILLISECONDS) return `took ${took} ms`
  const held = process.memoryUsage.rss()
  return held > MOST_BYTES ? `held ${held} bytes` : undefined
}

function seedsOf(name: RegExp, cases: Record<string, Uint8Array>): Uint8Array[] {
  const whole = readdirSync(folder).filter((file) => name.test(file))
  const files = whole.map((file) => new Uint8Array(readFileSync(new URL(file, folder))))
  return [...files, ...Object.values(cases)].filter(({ length }) => length <= LARGEST_SEED)
}

type Random = (below: number) => number

/** Where sizes and signs turn over. */
const edges = [0, 1, 0x7f, 0x80, 0xff, 0x20, 0x2c, 0x39]

/** One of the seeds with a few changes, of the kinds that files suffer. */
function damaged(seeds: readonly Uint8Array[], random: Random): Uint8Array {
  let bytes = Buffer.from(pick(seeds, random))
  for (let change = random(6); change >= 0; change--) {
    const at = random(bytes.length + 1)
    const length = random(random(2) ? 8 : bytes.length + 1)
    const part = bytes.subarray(at, at + length)
    const [before, behind] = [bytes.subarray(0, at), bytes.subarray(at + length)]
    switch (random(7)) {
      case 0:
        if (at < bytes.length) bytes[at] = (bytes[at] as number) ^ (1 << random(8))
        break
      case 1:
        part.fill(pick(edges, random))
        break
      case 2:
        for (let n = 0; n < part.length; n++) part[n] = random(256)
        break
      case 3:
        bytes = Buffer.concat([before, behind])
        break
      case 4:
        bytes = Buffer.concat([before, part, part, behind])
        break
      case 5:
        bytes = Buffer.from(before)
        break
      default: {
        const other = pick(seeds, random)
        const from = random(other.length + 1)
        bytes = Buffer.concat([before, other.subarray(from, from + length), behind])
      }
    }
  }
  return new Uint8Array(bytes)
}

function pick<T>(items: readonly T[], random: Random): T {
  return items[random(items.length)] as T
}

/** Whole numbers below a bound, the same for the same seed (mulberry32). */
function numbers(seed: number): Random {
  let state = seed | 0
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let word = Math.imul(state ^ (state >>> 15), 1 | state)
    word = (word + Math.imul(word ^ (word >>> 7), 61 | word)) ^ word
    return Math.floor((((word ^ (word >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}
