// The same statistics as in the program.
import { bundled } from './bundle.js'

export const { medianOf, spreadOf } = bundled(`
  export { timeSpreadOf as spreadOf } from './src/commands/bench/measure.ts'
  export { medianOf } from './src/trace/stats.ts'`)
