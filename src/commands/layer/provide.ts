// --input FILE and --weights FILE: what a run takes from disk.

import { UsageError } from '../../base/errors.ts'
import { choice, type OptionTable, resolve } from '../../base/options.ts'
import { readBytes, readParts, sizeOfFile } from '../../cli/disk.ts'
import { largestFile } from '../../files/limits.ts'
import type { Layer } from '../../layers/layer.ts'
import type { RunPart } from '../../run/expected.ts'
import { inputKinds, isDrawn } from '../../run/input.ts'
import { runOptions } from '../../run/plan.ts'
import type { Provided, ProvidedInput, Values } from '../../run/provided.ts'
import { notAnImage } from './asked.ts'
import { imageOf } from './provide-image.ts'
import { weightsOf } from './provide-weights.ts'

const images = /\.(png|jpe?g|webp|gif|tiff?|avif)$/i
const arrays = /\.(npy|npz(:.+)?)$/i

/** The options of a run, whose input may be a file here. */
export const runFlags = {
  ...runOptions,
  input: {
    ...runOptions.input,
    placeholder: 'kind|file',
    help: {
      en: 'input values: randn; rand, in 0..1; relu, randn behind a ReLU; varied, randn with an offset a sample and channel; or a file (.png .jpg .webp .gif .tif .avif .npy .npz:name)',
      zh: '输入数值：randn 为正态；rand 为 0..1 均匀；relu 为经 ReLU 的正态；varied 为每个样本每个通道另加偏移的正态；或文件（.png .jpg .webp .gif .tif .avif .npy .npz:name）',
    },
    expected: {
      en: `one of ${inputKinds.join(', ')}, or a file that ends in .png, .jpg, .webp, .gif, .tif, .avif, .npy or .npz:name`,
      zh: ` ${inputKinds.join('、')} 之一，或以 .png、.jpg、.webp、.gif、.tif、.avif、.npy、.npz:name 结尾的文件`,
    },
    read: (given: unknown) =>
      isDrawn(given) || isImage(given) || (typeof given === 'string' && arrays.test(given))
        ? given
        : undefined,
  },
} satisfies OptionTable

export const fileOptions = {
  normalize: choice(['none', 'imagenet'], {
    help: {
      en: "an image's values: x/255, or those less ImageNet's mean, over its std",
      zh: '图片数值：x/255，或再按 ImageNet 的均值和标准差归一化',
    },
    fallback: 'none',
  }),
  weights: {
    placeholder: 'file',
    help: {
      en: 'parameters from a .safetensors or .npz file',
      zh: '从 .safetensors 或 .npz 文件读取参数',
    },
    fallback: undefined,
    fallbackText: { en: 'drawn from the seed', zh: '由种子生成' },
    example: 'layer.safetensors',
    expected: {
      en: 'a file that ends in .safetensors or .npz',
      zh: '以 .safetensors 或 .npz 结尾的文件',
    },
    read: (given: unknown) =>
      typeof given === 'string' && /\.(safetensors|npz)$/i.test(given) ? given : undefined,
  },
} satisfies OptionTable

/** Whether `--input` names an image. */
export function isImage(input: unknown): input is string {
  return typeof input === 'string' && images.test(input)
}

/** The reading of the files that the flags name, as part of a run: by their sizes, which it looks up. */
export function readingOf(input: unknown, weights: unknown): RunPart {
  const cost = [input, weights].reduce((sum: number, path) => {
    if (typeof path !== 'string') return sum
    const perByte = isImage(path) && !/\.(png|tiff?)$/i.test(path) ? 100e-6 : 20e-6
    // of larger files only parts are read
    return sum + perByte * Math.min(sizeOfFile(path.replace(/(\.npz):.+$/i, '$1')), largestFile)
  }, 0)
  return { title: { en: 'Reading', zh: '读取文件' }, cost }
}

/**
 * Reads the files that the flags name.
 * @param given the flags of the run; those that the input's file makes superfluous are left out of
 *   the returned ones
 * @throws {UsageError} naming flag and file
 */
export async function provide(
  layer: Layer,
  given: Readonly<Record<string, unknown>>,
  files: Readonly<Record<string, unknown>>,
): Promise<{ given: Readonly<Record<string, unknown>>; provided: Provided }> {
  const { normalize, weights } = resolve(fileOptions, files)
  if (normalize !== 'none' && !isImage(given.input)) throw notAnImage(normalize)
  const read = await inputOf(layer, given, normalize)
  const { input: _, ...rest } = given
  const needed = read.input ? rest : given
  if (!weights) return { given: needed, provided: read }
  const provided = { ...read, weights: await weightsOf(weights, layer, needed, read.input) }
  return { given: needed, provided }
}

async function inputOf(
  layer: Layer,
  given: Readonly<Record<string, unknown>>,
  normalize: string,
): Promise<{ input?: ProvidedInput }> {
  const { input } = resolve({ input: runFlags.input }, given)
  if (isDrawn(input)) return {}
  if (isImage(input)) return { input: await imageOf(input, layer, given, normalize) }
  const [, npz, name] = /^(.*\.npz)(?::(.+))?$/i.exec(input) ?? []
  if (npz !== undefined) return { input: await arrayOf(npz, name) }
  const { readNpy } = await import('../../files/npy.ts')
  return { input: { source: input, ...readBytes('--input', input, readNpy) } }
}

/** An array of a .npz; it goes without a name if it is the only one. */
async function arrayOf(path: string, name: string | undefined): Promise<ProvidedInput> {
  const { partsOfNpz } = await import('../../files/npz-parts.ts')
  return readParts('--input', path, (source) => {
    const { names, read } = partsOfNpz(source)
    const only = name ?? onlyOf(names, path)
    return { source: `${path}:${only}`, ...(read([only])[only] as Values) }
  })
}

function onlyOf([first, ...more]: readonly string[], path: string): string {
  if (first !== undefined && more.length === 0) return first
  const names = [first, ...more].slice(0, 8).join(', ')
  throw new UsageError({
    en: `expected the name of one array behind it, it has ${names || 'none'}: use --input ${path}:${first ?? 'name'}`,
    zh: `后面要写明用哪个数组，其中有 ${names || '0 个'}：请用 --input ${path}:${first ?? 'name'}`,
  })
}
