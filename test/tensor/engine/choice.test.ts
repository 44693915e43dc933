// The library where WebAssembly is missing, forbidden or broken: by definition, and the trace says so.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { runLayer as usualRun } from '../../../src/index.ts'
import { engineInUse, useEngine } from '../../../src/tensor/engine/index.ts'
import { convlab } from '../../commands/run.ts'

const real = WebAssembly
const reference = { name: 'reference', fma: false, threads: 1 } as const
const given = { batch: 2, in: 4, out: 6, size: 9, seed: 3 }

/** What `new WebAssembly.Module` does instead. */
const moduleThat = (makes: (bytes: Uint8Array<ArrayBuffer>) => WebAssembly.Module) => ({
  ...real,
  Memory: real.Memory,
  Instance: real.Instance,
  CompileError: real.CompileError,
  validate: real.validate,
  Module: class {
    constructor(bytes: Uint8Array<ArrayBuffer>) {
      makes(bytes)
    }
  },
})
const forbids = (error: Error) =>
  moduleThat(() => {
    throw error
  })

const without: [what: string, stub: unknown][] = [
  ['is missing', undefined],
  ['is forbidden by a policy', forbids(new real.CompileError('blocked by policy'))],
  ['is forbidden by a policy, as Safari says it', forbids(new EvalError('blocked by policy'))],
  ['has no SIMD', forbids(new real.CompileError('invalid opcode'))],
]

/** Nobody has chosen an engine in this copy. */
const freshLibrary = () => {
  vi.resetModules()
  return import('../../../src/index.ts')
}

const before = engineInUse()
beforeEach(() => useEngine(before))
afterEach(() => {
  vi.unstubAllGlobals()
  useEngine(before)
})

describe.each(without)('where WebAssembly %s', (_, stub) => {
  test('layers run by definition, and say so', async () => {
    vi.stubGlobal('WebAssembly', stub)
    const { prepareForward, runLayer } = await freshLibrary()
    const trace = runLayer('odconv', given)
    expect(trace.engine).toEqual(reference)
    const forward = prepareForward(trace)
    const input = trace.steps[0]?.values as Float32Array
    const output = trace.steps.at(-1)?.values
    for (let turn = 0; turn < 3; turn++) expect(forward(input).data).toEqual(output)

    vi.unstubAllGlobals()
    useEngine(reference)
    const chosen = usualRun('odconv', given)
    expect(JSON.stringify(trace)).toBe(JSON.stringify(chosen))
  })

  test('--engine wasm is refused in a line, and nothing else is', async () => {
    vi.stubGlobal('WebAssembly', stub)
    for (const language of ['en', 'zh']) {
      const refused = await convlab(`static --engine wasm --lang ${language}`)
      expect(refused).toMatchObject({ code: 2, stdout: '' })
      expect(refused.stderr).toMatch(/^convlab: --engine wasm.+--engine reference.+\n$/)
    }
    const { code, stdout } = await convlab('static --threads 2 --json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout).engine).toEqual(reference)
  })
})

test('a kernel that does not compile is a mistake, not a machine without WebAssembly', async () => {
  const broken = moduleThat((bytes) => {
    if (bytes.length > 200) throw new real.CompileError('invalid kernel')
    return new real.Module(bytes)
  })
  vi.stubGlobal('WebAssembly', broken)
  const { runLayer } = await freshLibrary()
  expect(() => runLayer('static')).toThrow('invalid kernel')
})

test('the engine is WebAssembly where nothing is in its way', async () => {
  const { runLayer } = await freshLibrary()
  expect(runLayer('static').engine.name).toBe('wasm')
})
