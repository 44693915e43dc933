// The sums in WebAssembly, four floats at a time, on arrays that all lie in one memory.
import { assemble } from '../../../tensor/engine/wasm/assembler.ts'
import type { Floats, GradientKernels, Sum, Taps } from '../gradient-kernels.ts'
import { correlate, correlateWeights, MOST_ROWS, maximum as maximumOf } from './procedures.ts'

/** A procedure of procedures.ts: addresses, distances and lengths in bytes. */
type Compiled = (...bytes: number[]) => void

const FLOAT = 4
const TAP = 8
const PAGE = 2 ** 16
/** Reserved, not used: the system hands out a page of memory when it is first touched. */
const PAGES = 4096
/** Arrays begin where a vector may. */
const ALIGNMENT = 16

let compiled: WebAssembly.Module | undefined

/**
 * Kernels with a memory of their own.
 * @throws {RangeError} from `floats` or `taps`, if the memory does not hold them
 */
export function simdKernels(): GradientKernels {
  compiled ??= new WebAssembly.Module(assemble(procedures()))
  const memory = new WebAssembly.Memory({ initial: PAGES })
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } })
  const byRows = (name: string) =>
    Array.from({ length: MOST_ROWS + 1 }, (_, rows) => exports[`${name}${rows}`] as Compiled)
  const [forward, weights] = [byRows('correlate'), byRows('correlateWeights')]
  const maximum = exports.maximum as Compiled
  let taken = 0
  const reserve = (bytes: number): number => {
    const start = taken
    taken += Math.ceil(bytes / ALIGNMENT) * ALIGNMENT
    if (taken > PAGES * PAGE) throw new RangeError(`${taken} bytes do not fit the memory`)
    return start
  }
  return {
    floats(length): Floats {
      return new Float32Array(memory.buffer, reserve(length * FLOAT), length).fill(0)
    },
    integers(length) {
      return new Int32Array(memory.buffer, reserve(length * FLOAT), length).fill(0)
    },
    taps(pairs): Taps {
      const start = reserve(pairs.length * TAP)
      const list = new Int32Array(memory.buffer, start, 2 * pairs.length)
      list.set(pairs.flat().map((offset) => offset * FLOAT))
      return { count: pairs.length, pairs: list }
    },
    release() {
      taken = 0
    },
    correlate: (sum) => run(forward, sum),
    correlateWeights: (sum) => run(weights, sum),
    maximum({ taps: { pairs, count }, length, x, highest, which }) {
      const from = address(x.data, x.at)
      const start = pairs.byteOffset
      const end = start + count * TAP
      maximum(highest.byteOffset, which.byteOffset, from, start, end, length * FLOAT)
    },
  }
}

function procedures() {
  const rows = Array.from({ length: MOST_ROWS }, (_, at) => at + 1)
  return [...rows.map(correlate), ...rows.map(correlateWeights), maximumOf()]
}

function address(data: Floats, at: number): number {
  return data.byteOffset + at * FLOAT
}

function run(byRows: readonly Compiled[], { rows, taps, length, y, w, x }: Sum): void {
  const tapsStart = taps.pairs.byteOffset
  for (let row = 0; row < rows; row += MOST_ROWS) {
    const compiled = byRows[Math.min(MOST_ROWS, rows - row)] as Compiled
    compiled(
      address(y.data, y.at + row * y.stride),
      y.stride * FLOAT,
      address(w.data, w.at + row * w.stride),
      w.stride * FLOAT,
      address(x.data, x.at),
      tapsStart,
      tapsStart + taps.count * TAP,
      length * FLOAT,
    )
  }
}
