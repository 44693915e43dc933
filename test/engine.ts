// One engine for all tests, whatever the machine has: last digits are the same everywhere.
import { useEngine } from '../src/tensor/engine/index.ts'

useEngine({ name: 'wasm', fma: false, threads: 1 })
