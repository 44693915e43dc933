// The sums of a tile: `channels` output channels by 4 · `vectors` neighbouring pixels, in registers.
import { type Body, type Expr, f32x4, i32, type Local, type Stmt, set, v128 } from './assembler.ts'
import type { Tile } from './tiles.ts'

/** Bytes of a float32, and of four. */
export const FLOAT = 4
export const VECTOR = 16

export class TileSums {
  readonly #sums: readonly (readonly Local<'v128'>[])[]
  readonly #inputs: readonly Local<'v128'>[]
  readonly #weight: Local<'v128'>
  readonly #fused: boolean

  /** @param fused multiply and add in one instruction, which rounds once */
  constructor({ channels, vectors }: Tile, fused: boolean, body: Body) {
    const vector = () => body.local('v128')
    this.#sums = Array.from({ length: channels }, () => Array.from({ length: vectors }, vector))
    this.#inputs = Array.from({ length: vectors }, vector)
    this.#weight = vector()
    this.#fused = fused
  }

  /** From the bias of every channel on. */
  start(bias: Expr<'i32'>): Stmt[] {
    return this.#sums.flatMap((channel, c) =>
      channel.map((sum) => set(sum, f32x4.splat(bias, FLOAT * c))),
    )
  }

  /** A tap: its value at every pixel times its weight for every channel. */
  add(input: Expr<'i32'>, weights: Expr<'i32'>, offset = 0): Stmt[] {
    return [
      ...this.#inputs.map((value, v) => set(value, v128.load(input, VECTOR * v))),
      ...this.#sums.flatMap((channel, c) => [
        set(this.#weight, f32x4.splat(weights, offset + FLOAT * c)),
        ...channel.map((sum, v) => set(sum, this.#product(this.#inputs[v] as Local<'v128'>, sum))),
      ]),
    ]
  }

  /** Channel by channel, `plane` bytes apart; `at` is then where the next channel would be. */
  store(at: Local<'i32'>, plane: Expr<'i32'>): Stmt[] {
    return this.#sums.flatMap((channel) => [
      ...channel.map((sum, v) => v128.store(at, sum, VECTOR * v)),
      set(at, i32.add(at, plane)),
    ])
  }

  #product(input: Local<'v128'>, sum: Local<'v128'>): Expr<'v128'> {
    return this.#fused
      ? f32x4.relaxedMadd(input, this.#weight, sum)
      : f32x4.add(sum, f32x4.mul(input, this.#weight))
  }
}
