// The stream's inner loops. A run draws a few thousand numbers, once: in JavaScript they would be through
// before anything is optimised, so they are WebAssembly, unless everything goes by its definition.
import { engineInUse } from '../tensor/engine/choice.ts'
import { Instance } from '../tensor/engine/instance.ts'
import { WORDS } from '../tensor/engine/wasm/stream.ts'
import { toNormals as toNormalsByDefinition } from './box-muller.ts'
import { twist as twistByDefinition } from './twist.ts'

/**
 * Remakes MT19937's state of 624 words.
 * @param words what the new state yields, each a signed 32-bit integer
 * @param units the same as floats in [0, 1), from the low 24 bits of each
 */
export function twist(state: Int32Array, words: Int32Array, units: Float32Array): void {
  if (engineInUse().name === 'reference') {
    twistByDefinition(state, words, units)
    return
  }
  memory ??= makeMemory()
  const run = memory.instance.kernel('twist', 'stream')
  memory.state.set(state)
  run(memory.state.byteOffset, memory.words.byteOffset, memory.units.byteOffset)
  state.set(memory.state)
  words.set(memory.words)
  units.set(memory.units)
}

/**
 * Turns blocks of 16 uniforms of 24 bits in [0, 1) into standard normals, in place. Elements j and
 * j + 8 of a block are a pair: in, the radius and the angle; out, the cosine and the sine side.
 */
export function toNormals(values: Float32Array): void {
  if (engineInUse().name === 'reference') {
    toNormalsByDefinition(values)
    return
  }
  memory ??= makeMemory()
  const { instance, normals } = memory
  const run = instance.kernel('normals', 'stream')
  for (let start = 0; start < values.length; start += ROOM) {
    const part = values.subarray(start, start + ROOM)
    normals.set(part)
    run(normals.byteOffset, normals.byteOffset + part.byteLength)
    part.set(normals.subarray(0, part.length))
  }
}

/** Normals that are made in one call: half a page of memory. */
const ROOM = 8192

let memory: ReturnType<typeof makeMemory> | undefined

function makeMemory() {
  const instance = new Instance(false)
  const state = instance.reserve(WORDS)
  const words = instance.reserve(WORDS)
  const units = instance.reserve(WORDS)
  const normals = instance.reserve(ROOM)
  const { buffer } = instance.floats
  return {
    instance,
    state: new Int32Array(buffer, state, WORDS),
    words: new Int32Array(buffer, words, WORDS),
    units: new Float32Array(buffer, units, WORDS),
    normals: new Float32Array(buffer, normals, ROOM),
  }
}
