// Sums over many values. A run needs them once, of thousands of values: in JavaScript they would be
// through before anything is optimised, so they are WebAssembly, unless everything goes by its definition.
import { engineInUse } from '../tensor/engine/choice.ts'
import { Instance } from '../tensor/engine/instance.ts'
import { definitions } from './sums-reference.ts'

/** Does what `definitions` says, for any number of values. */
export function sumUp(
  what: keyof typeof definitions,
  values: Float32Array,
  sums: Float64Array,
  counts = new Int32Array(0),
): void {
  if (engineInUse().name === 'reference') {
    definitions[what](values, sums, counts)
    return
  }
  memory ??= makeMemory()
  const run = memory.instance.kernel(what, 'sums')
  memory.sums.set(sums)
  memory.counts.set(counts)
  for (let start = 0; start < values.length; start += ROOM) {
    const part = values.subarray(start, start + ROOM)
    memory.values.set(part)
    const from = memory.values.byteOffset
    run(from, from + part.byteLength, memory.sums.byteOffset, memory.counts.byteOffset)
  }
  sums.set(memory.sums.subarray(0, sums.length))
  counts.set(memory.counts.subarray(0, counts.length))
}

/** Values of one call: half a page of memory. */
const ROOM = 8192
const MOST_SUMS = 3
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
