// The kernels in WebAssembly, and the memory that they work in.
import { type ModuleName, moduleBytes } from './wasm/module.ts'

/** A function in WebAssembly; kernel-calls.ts knows the order of its parameters. */
export type KernelFunction = (...parameters: number[]) => void
type ExportedKernels = Readonly<Record<string, KernelFunction>>

/** Kernels by name, with a memory of their own. */
export class Instance {
  readonly fused: boolean
  readonly #memory = new WebAssembly.Memory({ initial: 1 })
  readonly #kernels = new Map<ModuleName, ExportedKernels>()
  #floats = new Float32Array(this.#memory.buffer)
  #free = 0

  /** @param fused with fused multiply-adds, where the machine has them */
  constructor(fused: boolean) {
    this.fused = fused
  }

  /** The memory as float32 values; to be asked for again after `reserve`. */
  get floats(): Float32Array {
    return this.#floats
  }

  /** A kernel of that module, which is loaded when it is first asked for. */
  kernel(name: string, module: ModuleName = this.fused ? 'fused' : 'plain'): KernelFunction {
    const kernels = this.#kernels.get(module) ?? this.#instantiate(module)
    this.#kernels.set(module, kernels)
    return kernels[name] as KernelFunction
  }

  /**
   * Room for that many float32 values.
   * @returns its address in bytes, a multiple of 64
   */
  reserve(values: number): number {
    const address = this.#free
    this.#free = Math.ceil((address + 4 * values) / LINE) * LINE
    const missing = this.#free + SLACK - this.capacity
    if (missing > 0) {
      this.#memory.grow(Math.ceil(missing / PAGE))
      this.#floats = new Float32Array(this.#memory.buffer)
    }
    return address
  }

  /** Writes so many values there, or zeros if there are none. */
  write(address: number, count: number, values: Float32Array | undefined): void {
    if (values) this.#floats.set(values, address / 4)
    else this.#floats.fill(0, address / 4, address / 4 + count)
  }

  /** Bytes reserved. */
  get size(): number {
    return this.#free
  }

  /** Bytes that the memory has grown to. */
  get capacity(): number {
    return this.#memory.buffer.byteLength
  }

  /** Gives back everything reserved since the memory had this size. */
  release(size: number): void {
    this.#free = size
  }

  #instantiate(name: ModuleName): ExportedKernels {
    const imports = { env: { memory: this.#memory } }
    return new WebAssembly.Instance(moduleNamed(name), imports)
      .exports as unknown as ExportedKernels
  }
}

const LINE = 64
const PAGE = 65536
/** A tile that is wider than what is left reads so many bytes too far, and drops what it read. */
const SLACK = 256

const modules = new Map<ModuleName, WebAssembly.Module>()

function moduleNamed(name: ModuleName): WebAssembly.Module {
  const known = modules.get(name)
  if (known) return known
  const compiled = new WebAssembly.Module(moduleBytes(name))
  modules.set(name, compiled)
  return compiled
}

/**
 * Whether the kernels can be compiled here: there may be no WebAssembly, none with SIMD, or a policy
 * (a page's Content-Security-Policy without 'wasm-unsafe-eval') against it. Machines throw errors of
 * several kinds for that. They are asked about one store, so no mistake in a kernel counts as an answer.
 */
export function canCompute(): boolean {
  try {
    return new WebAssembly.Module(moduleBytes('simd')) instanceof WebAssembly.Module
  } catch {
    return false
  }
}

/** Whether this machine has fused multiply-adds for four values at a time. */
export function canFuse(): boolean {
  return canCompute() && WebAssembly.validate(moduleBytes('probe'))
}
