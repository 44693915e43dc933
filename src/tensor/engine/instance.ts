// The kernels in WebAssembly, and the memory that they work in.
import { moduleBytes } from './wasm/module.ts'

type Kernel = (...arguments_: number[]) => void

/** Kernels by name, with a memory of their own. */
export class Instance {
  readonly fused: boolean
  readonly #memory: WebAssembly.Memory
  readonly #kernels: Readonly<Record<string, Kernel>>
  #floats: Float32Array
  #free = 0

  /** @param fused with fused multiply-adds, where the processor has them */
  constructor(fused: boolean) {
    this.fused = fused
    this.#memory = new WebAssembly.Memory({ initial: 1 })
    const { exports } = new WebAssembly.Instance(moduleOf(fused), { env: { memory: this.#memory } })
    this.#kernels = exports as unknown as Readonly<Record<string, Kernel>>
    this.#floats = new Float32Array(this.#memory.buffer)
  }

  /** The memory as float32 values; to be asked for again after `reserve`. */
  get floats(): Float32Array {
    return this.#floats
  }

  kernel(name: string): Kernel {
    return this.#kernels[name] as Kernel
  }

  /**
   * Room for that many float32 values.
   * @returns its address in bytes, a multiple of 64
   */
  reserve(values: number): number {
    const address = this.#free
    this.#free = Math.ceil((address + 4 * values) / LINE) * LINE
    const missing = this.#free + SLACK - this.#memory.buffer.byteLength
    if (missing > 0) {
      this.#memory.grow(Math.ceil(missing / PAGE))
      this.#floats = new Float32Array(this.#memory.buffer)
    }
    return address
  }

  /** Bytes in use. */
  get size(): number {
    return this.#free
  }

  /** Gives back everything reserved since the memory had this size. */
  release(size: number): void {
    this.#free = size
  }
}

const LINE = 64
const PAGE = 65536
/** A tile that is wider than what is left reads so many bytes too far, and drops what it read. */
const SLACK = 256

const modules = new Map<boolean, WebAssembly.Module>()

function moduleOf(fused: boolean): WebAssembly.Module {
  const known = modules.get(fused)
  if (known) return known
  const compiled = new WebAssembly.Module(moduleBytes(fused))
  modules.set(fused, compiled)
  return compiled
}

/** Whether this machine runs the kernels with fused multiply-adds. */
export function canFuse(): boolean {
  return WebAssembly.validate(moduleBytes(true))
}
