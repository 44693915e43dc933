// Files that numpy, safetensors, Pillow and a PNG encoder of its own made (test/torch/make_files.py).
import { readFileSync } from 'node:fs'
import type { Values } from '../../src/run/provided.ts'

/** The fuzzer, which is bundled elsewhere, says where they are. */
declare const FIXTURES: string | undefined
export const folder = new URL(
  typeof FIXTURES === 'string' ? FIXTURES : new URL('../torch/fixtures/files/', import.meta.url),
)

/** A shape and the bits of every float32, so that -0 and NaN are told apart. */
export interface Bits {
  readonly shape: readonly number[]
  readonly bits: readonly number[]
}

export function file(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(name, folder)))
}

export const expected: {
  npy: Record<string, Bits>
  npz: Record<string, Bits>
  safetensors: Record<string, Bits>
  image: Record<string, Bits>
  /** (H, W, 4) of 8 bits, or (H, W) of 16 */
  picture: Record<string, { readonly shape: number[]; readonly samples: number[] }>
  resize: { from: Bits; to: Bits[] }
} = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8'))

export function bitsOf({ shape, values }: Values): Bits {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length)
  return { shape: [...shape], bits: [...words] }
}

export function valuesOf({ shape, bits }: Bits): Values {
  return { shape, values: new Float32Array(Uint32Array.from(bits).buffer) }
}

/** The pieces that a writer gives, as one file. */
export function joined(pieces: Iterable<Uint8Array>): Uint8Array {
  return new Uint8Array(Buffer.concat([...pieces]))
}
