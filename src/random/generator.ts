import { NORMALS_BLOCK } from '../tensor/engine/wasm/stream-sizes.ts'
import { checkBounds, checkMoments, room } from './arguments.ts'
import { fma32 } from './fma32.ts'
import { MersenneTwister } from './mersenne-twister.ts'
import { parseSeed } from './seed.ts'
import { toNormals } from './stream-kernels.ts'

export { parseSeed } from './seed.ts'

const { fround } = Math

/**
 * PyTorch's random stream on the CPU. Every call goes on where the last one stopped, and fills a
 * new row-major array: only the number of elements matters, not their shape. Other arguments than
 * these are refused by a UsageError, and leave the stream where it is.
 */
export interface Generator {
  /** As given: all 64 bits of it, although the stream depends on the low 32 only. */
  readonly seed: bigint
  /** `torch.rand`: U(0, 1). */
  rand(count: number): Float32Array
  /** `Tensor.uniform_(from, to)`: U(from, to), with from <= to. */
  uniform(count: number, from: number, to: number): Float32Array
  /** `torch.randn`: N(0, 1). */
  randn(count: number): Float32Array
  /** `Tensor.normal_(mean, std)`: N(mean, std^2), with std >= 0. */
  normal(count: number, mean: number, std: number): Float32Array
}

/**
 * `torch.manual_seed`: the same floats, bit for bit, as torch 2.13 draws on an x86-64 processor
 * with AVX2 or AVX-512 under Linux.
 *
 * @param seed a whole number from -2^63 to 2^64-1
 * @throws UsageError for any other seed
 */
export function manualSeed(seed: bigint | number | string): Generator {
  return new TorchGenerator(parseSeed(seed))
}

class TorchGenerator implements Generator {
  readonly #engine: MersenneTwister
  /** The second normal of a pair, kept for the next small draw: not cleared by larger ones. */
  #spareNormal: number | undefined

  constructor(readonly seed: bigint) {
    this.#engine = new MersenneTwister(Number(BigInt.asUintN(32, seed)))
  }

  rand(count: number): Float32Array {
    const values = room('rand', count)
    this.#engine.fillUnit24(values, 0, count)
    return values
  }

  uniform(count: number, from: number, to: number): Float32Array {
    const values = room('uniform', count)
    checkBounds(count, from, to)
    const low = fround(from)
    const high = fround(to)
    const span = fround(high - low)
    this.#engine.fillUnit24(values, 0, count)
    // Between opposite bounds, as layers have them, no sum needs more than a double holds.
    const symmetric = low === -high
    for (let i = 0; i < count; i++) {
      const unit = values[i] as number
      const value = symmetric ? fround(high * (2 * unit - 1)) : fma32(unit, span, low)
      values[i] = value === high ? low : value
    }
    return values
  }

  randn(count: number): Float32Array {
    return this.#normals(room('randn', count), 0, 1)
  }

  normal(count: number, mean: number, std: number): Float32Array {
    const values = room('normal', count)
    checkMoments(count, mean, std)
    return this.#normals(values, mean, std)
  }

  /** PyTorch draws fewer than 16 normals one by one in float64, more of them in blocks. */
  #normals(values: Float32Array, mean: number, std: number): Float32Array {
    const count = values.length
    if (count < NORMALS_BLOCK) {
      for (let i = 0; i < count; i++) values[i] = this.#normal64() * std + mean
      return values
    }
    this.#fillBlocks(values)
    if (mean !== 0 || std !== 1) scale(values, fround(std), fround(mean))
    return values
  }

  /** Box-Muller in float64, by pairs. */
  #normal64(): number {
    const spare = this.#spareNormal
    if (spare !== undefined) {
      this.#spareNormal = undefined
      return spare
    }
    const angle = 2 * Math.PI * this.#engine.unit53()
    const radius = Math.sqrt(-2 * Math.log1p(-this.#engine.unit53()))
    this.#spareNormal = radius * Math.sin(angle)
    return radius * Math.cos(angle)
  }

  /** The last block is always whole: it draws anew and overwrites finished normals. */
  #fillBlocks(values: Float32Array): void {
    const count = values.length
    const rest = count % NORMALS_BLOCK
    this.#engine.fillUnit24(values, 0, count)
    toNormals(values.subarray(0, count - rest))
    if (rest !== 0) {
      this.#engine.fillUnit24(values, count - NORMALS_BLOCK, count)
      toNormals(values.subarray(count - NORMALS_BLOCK))
    }
  }
}

function scale(values: Float32Array, std: number, mean: number): void {
  for (let i = 0; i < values.length; i++) values[i] = fma32(values[i] as number, std, mean)
}
