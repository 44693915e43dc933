// The stream's inner loops. A run draws a few thousand numbers, once: in JavaScript they would be through
// before anything is optimised, so they are WebAssembly, unless everything goes by its definition.
import { chosenEngine } from '../tensor/engine/choice.ts'
import { Instance } from '../tensor/engine/instance.ts'
import { NORMALS_BLOCK, STATE_WORDS } from '../tensor/engine/wasm/stream-sizes.ts'
import { toNormalsByDefinition } from './box-muller.ts'
import { twistByDefinition } from './twist.ts'

/**
 * Remakes MT19937's state of 624 words, as often as `units` has room for what it yields.
 * @param units a multiple of 624 floats in [0, 1), from the low 24 bits of each tempered word
 */
export function twist(state: Int32Array, units: Float32Array): void {
  if (chosenEngine().name === 'reference') {
    twistByDefinition(state, units)
    return
  }
  memory ??= makeMemory()
  const { instance, states, values } = memory
  const run = instance.kernel('twist', 'stream')
  for (let start = 0; start < units.length; start += ROOM) {
    const part = units.subarray(start, start + ROOM)
    states.set(state)
    run(states.byteOffset, states.byteOffset + part.byteLength, values.byteOffset)
    state.set(states.subarray(part.length, part.length + STATE_WORDS))
    part.set(values.subarray(0, part.length))
  }
}

/**
 * Turns blocks of 16 uniforms of 24 bits in [0, 1) into standard normals, in place. Elements j and
 * j + 8 of a block are a pair: in, the radius and the angle; out, the cosine and the sine side.
 */
export function toNormals(blocks: Float32Array): void {
  if (chosenEngine().name === 'reference') {
    toNormalsByDefinition(blocks)
    return
  }
  memory ??= makeMemory()
  const { instance, values } = memory
  const run = instance.kernel('normals', 'stream')
  for (let start = 0; start < blocks.length; start += ROOM) {
    const part = blocks.subarray(start, start + ROOM)
    values.set(part)
    run(values.byteOffset, values.byteOffset + part.byteLength)
    part.set(values.subarray(0, part.length))
  }
}

/** Values that are made in one call: whole blocks and whole states, a page of memory about. */
const ROOM = NORMALS_BLOCK * STATE_WORDS

let memory: ReturnType<typeof makeMemory> | undefined

function makeMemory() {
  const instance = new Instance(false)
  const states = instance.reserve(STATE_WORDS + ROOM)
  const values = instance.reserve(ROOM)
  const { buffer } = instance.floats
  return {
    instance,
    states: new Int32Array(buffer, states, STATE_WORDS + ROOM),
    values: new Float32Array(buffer, values, ROOM),
  }
}
