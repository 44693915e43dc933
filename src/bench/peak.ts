// What the processor could do at most in WebAssembly: multiply-adds in registers, and nothing else.
import { assemble, define, f32x4, i32, set, v128 } from '../tensor/engine/wasm/assembler.ts'

/** Sums that do not wait for each other; with two more they fit into the sixteen registers. */
const SUMS = 12
const LANES = 4
const ROUNDS = 1_000_000

/**
 * GFLOP/s of one core, the best of several tries.
 * @param fused count a fused multiply-add instead of a multiplication and an addition
 * @param clock milliseconds from any start
 */
export function measurePeak(fused: boolean, clock: () => number): number {
  const memory = new WebAssembly.Memory({ initial: 1 })
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(moduleOf(fused)), {
    env: { memory },
  })
  const loop = exports.peak as (rounds: number, at: number) => void
  let best = 0
  for (let tries = 0; tries < 8; tries++) {
    const start = clock()
    loop(ROUNDS, 0)
    const flops = 2 * SUMS * LANES * ROUNDS
    best = Math.max(best, flops / (clock() - start) / 1e6)
  }
  return best
}

function moduleOf(fused: boolean): Uint8Array<ArrayBuffer> {
  const peak = define('peak', ['rounds', 'at'], ({ rounds, at }, body) => {
    const [round, a, b] = [body.local('i32'), body.local('v128'), body.local('v128')]
    const sums = Array.from({ length: SUMS }, () => body.local('v128'))
    return [
      set(a, v128.load(at)),
      set(b, v128.load(at, 16)),
      set(round, i32.const(0)),
      body.loop(
        round,
        i32.const(1),
        rounds,
        ...sums.map((sum) =>
          set(sum, fused ? f32x4.relaxedMadd(a, b, sum) : f32x4.add(sum, f32x4.mul(a, sum))),
        ),
      ),
      v128.store(at, sums.reduce<Parameters<typeof f32x4.add>[0]>(f32x4.add, b)),
    ]
  })
  return assemble([peak])
}
