// .safetensors: the length of a JSON header, the header {name: {dtype, shape, data_offsets}}, then
// the numbers of every tensor, one behind the other. https://github.com/huggingface/safetensors
import { UsageError } from '../base/errors.ts'
import type { Values } from '../run/provided.ts'
import { type Shape, sizeOf } from '../tensor/tensor.ts'
import { largestFile } from './limits.ts'
import { bytesOf, type NumberKind, numberKinds, readNumbers } from './numbers.ts'
import { quoted } from './quoted.ts'
import { type ByteSource, sourceOf } from './source.ts'

/** The format's own limit. */
const LONGEST_HEADER = 100_000_000
const LENGTH_BYTES = 8
const MOST_AXES = 64

const kinds: Readonly<Record<string, NumberKind>> = {
  F64: numberKinds.float64,
  F32: numberKinds.float32,
  F16: numberKinds.float16,
  BF16: numberKinds.bfloat16,
  I64: numberKinds.int64,
  I32: numberKinds.int32,
  I16: numberKinds.int16,
  I8: numberKinds.int8,
  U64: numberKinds.uint64,
  U32: numberKinds.uint32,
  U16: numberKinds.uint16,
  U8: numberKinds.uint8,
  BOOL: numberKinds.bool,
}

export interface Safetensors {
  readonly tensors: Readonly<Record<string, Values>>
  /** strings only, and free to choose: what a state_dict does not carry */
  readonly metadata: Readonly<Record<string, string>>
}

interface Entry {
  readonly name: string
  readonly kind: NumberKind
  readonly shape: readonly number[]
  readonly start: number
  readonly end: number
}

/** What the header says of a file, and the reading of what is wanted of it. */
export interface SafetensorsParts extends Pick<Safetensors, 'metadata'> {
  readonly shapes: Readonly<Record<string, { readonly shape: Shape }>>
  /** The tensors of these names; a UsageError if they are more than a run may hold. */
  read(names: readonly string[]): Readonly<Record<string, Values>>
}

/** All of a file's tensors. */
export function readSafetensors(bytes: Uint8Array): Safetensors {
  const { shapes, metadata, read } = partsOfSafetensors(sourceOf(bytes))
  return { tensors: read(Object.keys(shapes)), metadata }
}

/**
 * @throws {UsageError} if the header is no such JSON, or its tensors leave holes, overlap, leave
 *   the file or are of another size than their shape
 */
export function partsOfSafetensors(source: ByteSource): SafetensorsParts {
  const { header, first } = readHeader(source)
  const { __metadata__: metadata = {}, ...described } = header
  if (!isRecord(metadata) || !Object.values(metadata).every((value) => typeof value === 'string'))
    throw badHeader('__metadata__ must hold strings', '__metadata__ 只能是字符串')
  const entries = Object.entries(described).map(([name, value]) => entryOf(name, value))
  checkLayout(entries, source.size - first)
  return {
    shapes: Object.fromEntries(entries.map(({ name, shape }) => [name, { shape }])),
    metadata: metadata as Record<string, string>,
    read(names) {
      const wanted = new Set(names)
      const chosen = entries.filter(({ name }) => wanted.has(name))
      const bytes = chosen.reduce((sum, { start, end }) => sum + end - start, 0)
      if (bytes > largestFile) throw tooMuch(bytes)
      return Object.fromEntries(
        chosen.map(({ name, kind, shape, start, end }): [string, Values] => [
          name,
          { shape, values: readNumbers(source.read(first + start, first + end), kind) },
        ]),
      )
    },
  }
}

/** The tensors as float32, in pieces; the numbers themselves are not copied. */
export function writeSafetensors({ tensors, metadata }: Safetensors): Uint8Array[] {
  const header: Record<string, unknown> = { __metadata__: metadata }
  let start = 0
  for (const [name, { shape, values }] of Object.entries(tensors)) {
    const end = start + values.byteLength
    header[name] = { dtype: 'F32', shape, data_offsets: [start, end] }
    start = end
  }
  const text = new TextEncoder().encode(JSON.stringify(header))
  const size = Math.ceil(text.length / LENGTH_BYTES) * LENGTH_BYTES // so that numbers are aligned
  const head = new Uint8Array(LENGTH_BYTES + size).fill(' '.charCodeAt(0))
  new DataView(head.buffer).setBigUint64(0, BigInt(size), true)
  head.set(text, LENGTH_BYTES)
  return [head, ...Object.values(tensors).map(({ values }) => bytesOf(values))]
}

/** The header, and where the numbers start. */
function readHeader(source: ByteSource): { header: Record<string, unknown>; first: number } {
  const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset)
  const size =
    source.size < LENGTH_BYTES
      ? undefined
      : view(source.read(0, LENGTH_BYTES)).getBigUint64(0, true)
  const room = source.size - LENGTH_BYTES
  if (size === undefined || size > room || size > LONGEST_HEADER)
    throw new UsageError({
      en: `its header would be ${size ?? 'a number of'} bytes long in a file of ${source.size}, expected it within the file and at most ${LONGEST_HEADER}: this is no .safetensors, or only the start of one`,
      zh: `头部声称有 ${size ?? '若干'} 字节，而文件共 ${source.size} 字节；头部应在文件之内，且不超过 ${LONGEST_HEADER} 字节：这不是 .safetensors，或者只是它的开头`,
    })
  const first = LENGTH_BYTES + Number(size)
  return { header: parseHeader(source.read(LENGTH_BYTES, first)), first }
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> {
  let header: unknown
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw badHeader('it is not JSON', '不是 JSON')
  }
  if (!isRecord(header)) throw badHeader('it is not a JSON object', '不是 JSON 对象')
  return header
}

function entryOf(name: string, value: unknown): Entry {
  const { dtype, shape, data_offsets: offsets } = isRecord(value) ? value : {}
  const sound =
    isSizes(shape) && shape.length <= MOST_AXES && isSizes(offsets) && offsets.length === 2
  if (!sound || typeof dtype !== 'string') {
    const given = quoted(JSON.stringify(value) ?? '')
    throw badHeader(
      `${quoted(name)} is ${given}, not a dtype, a shape and two offsets`,
      `${quoted(name)} 是 ${given}，缺少 dtype、shape 或两个 data_offsets`,
    )
  }
  const kind = Object.hasOwn(kinds, dtype) ? kinds[dtype] : undefined
  if (kind === undefined)
    throw new UsageError({
      en: `${quoted(name)} is of type ${quoted(dtype)}, expected one of ${Object.keys(kinds).join(', ')}: convert it with .float()`,
      zh: `${quoted(name)} 的类型是 ${quoted(dtype)}，应为 ${Object.keys(kinds).join('、')} 之一：请先用 .float() 转换`,
    })
  const [start, end] = offsets as [number, number]
  const needed = sizeOf(shape) * kind.bytes
  if (end - start !== needed)
    throw badHeader(
      `${quoted(name)} [${shape.join(', ')}] ${dtype} takes ${needed} bytes, but its offsets span ${end - start}`,
      `${quoted(name)} [${shape.join(', ')}] ${dtype} 需要 ${needed} 字节，data_offsets 却相差 ${end - start}`,
    )
  return { name, kind, shape, start, end }
}

/** Tensors stand one behind the other and fill the file. */
function checkLayout(entries: Entry[], size: number): void {
  entries.sort((a, b) => a.start - b.start || a.end - b.end)
  let filled = 0
  for (const { name, start, end } of entries) {
    if (start !== filled)
      throw badHeader(
        `${quoted(name)} starts at byte ${start} where the tensor before it ends at ${filled}`,
        `${quoted(name)} 从第 ${start} 字节开始，而前一个张量在第 ${filled} 字节结束`,
      )
    filled = end
  }
  if (filled !== size)
    throw badHeader(
      `its tensors end at byte ${filled} of ${size}`,
      `各张量在第 ${filled} 字节结束，而数据共 ${size} 字节`,
    )
}

function tooMuch(bytes: number): UsageError {
  return new UsageError({
    en: `the layer's tensors take ${bytes} bytes there, expected at most ${largestFile}: use a smaller layer`,
    zh: `这一层的张量在文件里共 ${bytes} 字节，上限是 ${largestFile}：请换小一些的层`,
  })
}

function badHeader(en: string, zh: string): UsageError {
  return new UsageError({
    en: `the header is damaged: ${en}; save it again with safetensors.torch.save_file`,
    zh: `头部有误：${zh}；请用 safetensors.torch.save_file 重新保存`,
  })
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0)
}
