// Sums over many values. A run needs them once, of thousands of values: in JavaScript they would be
// through before anything is optimised, so they are WebAssembly, unless everything goes by its definition.
import { chosenEngine } from './engine/choice.ts'
import { Instance } from './engine/instance.ts'
import { part } from './memory.ts'
import { definitions, joined, sumChannels as sumChannelsByDefinition } from './sums-reference.ts'

export { joined } from './sums-reference.ts'

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
  for (let start = 0; start < values.length; start += ROOM) {
    const some = part(values, start, Math.min(values.length, start + ROOM))
    memory.values.set(some)
    const from = memory.values.byteOffset
    run(from, from + some.byteLength, memory.sums.byteOffset, memory.counts.byteOffset)
  }
  sums.set(memory.sums.subarray(0, sums.length))
  counts.set(memory.counts.subarray(0, counts.length))
}

/** The sum of every channel of `size` values. */
export function sumChannels(values: Float32Array, size: number): Float64Array {
  if (chosenEngine().name === 'reference') return sumChannelsByDefinition(values, size)
  const totals = new Float64Array(values.length / size)
  const many = Math.min(Math.floor(ROOM / size), MOST_SUMS - 1) // a total takes the room of two
  if (many === 0)
    return totals.map((_, channel) =>
      sumLarge(values.subarray(channel * size, (channel + 1) * size)),
    )
  memory ??= makeMemory()
  const run = memory.instance.kernel('channels', 'sums')
  const { byteOffset } = memory.values
  for (let channel = 0; channel < totals.length; channel += many) {
    const some = part(values, channel * size, Math.min(values.length, (channel + many) * size))
    memory.values.set(some)
    run(byteOffset, byteOffset + some.byteLength, 4 * size, memory.sums.byteOffset)
    totals.set(memory.sums.subarray(0, some.length / size), channel)
  }
  return totals
}

/** The sum of a channel that takes more than one call. */
function sumLarge(values: Float32Array): number {
  const range = new Float64Array(6)
  sumUp('range', values, range)
  return joined(range.subarray(2))
}

/** Values of one call: a page of memory. */
const ROOM = 16_384
const MOST_SUMS = 1024
const MOST_COUNTS = 64

let memory: ReturnType<typeof makeMemory> | undefined

function makeMemory() {
  const instance = new Instance(false)
  const values = instance.reserve(ROOM)
  const sums = instance.reserve(2 * MOST_SUMS)
  const counts = instance.reserve(MOST_COUNTS)
  const { buffer } = instance.floats
  return {
    instance,
    values: new Float32Array(buffer, values, ROOM),
    sums: new Float64Array(buffer, sums, MOST_SUMS),
    counts: new Int32Array(buffer, counts, MOST_COUNTS),
  }
}
