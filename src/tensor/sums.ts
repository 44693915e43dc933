// Sums over many values. A run needs them once, of thousands of values: in JavaScript they would be
// through before anything is optimised, so they are WebAssembly, unless everything goes by its definition.
import { chosenEngine } from './engine/choice.ts'
import { Instance } from './engine/instance.ts'
import { isFloat64, subarrayOf } from './memory.ts'
import { definitions, PART, sumChannelsByDefinition } from './sums-reference.ts'

export { sumOfFour } from './sums-reference.ts'

/** Does what `definitions` says, for any number of values. */
export function sumUp(
  what: keyof typeof definitions,
  values: Float32Array,
  sums: Float64Array,
  counts = new Int32Array(0),
): void {
  if (chosenEngine().name === 'reference') {
    definitions[what](values, sums, counts)
    return
  }
  memory ??= makeMemory()
  const run = memory.instance.kernel(what, 'sums')
  memory.sums.set(sums)
  memory.counts.set(counts)
  for (let start = 0; start < values.length; start += PART) {
    const some = subarrayOf(values, start, Math.min(values.length, start + PART))
    memory.values.set(some)
    const from = memory.values.byteOffset
    run(from, from + some.byteLength, memory.sums.byteOffset, memory.counts.byteOffset)
  }
  sums.set(memory.sums.subarray(0, sums.length))
  counts.set(memory.counts.subarray(0, counts.length))
}

/** The sum of every channel of `size` values. */
export function sumChannels(values: Float32Array, size: number): Float64Array {
  if (chosenEngine().name === 'reference' || isFloat64(values))
    return sumChannelsByDefinition(values, size)
  const totals = new Float64Array(values.length / size)
  memory ??= makeMemory()
  const run = memory.instance.kernel('channels', 'sums')
  const { byteOffset } = memory.values
  const most = Math.min(Math.floor(PART / size), MOST_SUMS - 1) // a total takes the room of two
  const atOnce = Math.max(1, most)
  for (let channel = 0; channel < totals.length; channel += atOnce) {
    const end = Math.min(values.length, (channel + atOnce) * size)
    for (let start = channel * size; start < end; start += PART) {
      const some = subarrayOf(values, start, Math.min(end, start + PART))
      memory.values.set(some)
      const bytes = 4 * Math.min(size, some.length)
      run(byteOffset, byteOffset + some.byteLength, bytes, memory.sums.byteOffset)
      for (let c = 0; c * size < some.length; c++)
        totals[channel + c] = (totals[channel + c] as number) + (memory.sums[c] as number)
    }
  }
  return totals
}

const MOST_SUMS = 1024
const MOST_COUNTS = 64

let memory: ReturnType<typeof makeMemory> | undefined

function makeMemory() {
  const instance = new Instance(false)
  const values = instance.reserve(PART)
  const sums = instance.reserve(2 * MOST_SUMS)
  const counts = instance.reserve(MOST_COUNTS)
  const { buffer } = instance.floats
  return {
    instance,
    values: new Float32Array(buffer, values, PART),
    sums: new Float64Array(buffer, sums, MOST_SUMS),
    counts: new Int32Array(buffer, counts, MOST_COUNTS),
  }
}
