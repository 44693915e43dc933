// npm run bench -- explain [--keys N]
//
// The time from a key to the frame it leads to, at 200 x 60, on every page of the dynamic layer's walk.
import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { bundled } from './shared/bundle.js'

const COLUMNS = 200
const ROWS = 60

/** Prints the page. */
export async function run(args) {
  const options = { keys: { type: 'string', default: '400' } }
  const count = Number(parseArgs({ args, options }).values.keys)
  const {
    Chalk,
    createStyle,
    frame,
    layers,
    lectureOn,
    startWalk,
    traceLayer,
    updateWalk,
    walkView,
  } = load()
  const { dynamic } = layers
  const shown = await lectureOn(dynamic, traceLayer(dynamic, { batch: 2, input: 'varied' }))
  const colors = new Chalk({ level: 1 })
  const styled = (language) => createStyle(language, COLUMNS, colors, false)

  let state = startWalk('en', shown.trace)
  let { sight } = walkView(shown, state, styled('en'), ROWS)
  // every page with every kind of key, then a pixel, and round again
  const tour = [...'soc', 'down', 'l', 'pagedown', 'right']
  const keys = [...new Array(9).fill(tour).flat(), 'p', 'right', 'down', 'p', 'home']
  const times = { all: [], pixel: [] }
  for (let n = 0; n < count + keys.length; n++) {
    const started = performance.now()
    state = updateWalk(state, keys[n % keys.length], shown.trace, sight)
    const view = walkView(shown, state, styled(state.language), ROWS)
    frame(view.lines)
    const time = performance.now() - started
    sight = view.sight
    if (n >= keys.length) times[state.pixel ? 'pixel' : 'all'].push(time) // after one warm round
  }
  const line = (name, values) => {
    const sorted = values.toSorted((a, b) => a - b)
    const at = (part) => sorted[Math.floor(part * (sorted.length - 1))].toFixed(2).padStart(8)
    console.log(`${name.padEnd(24)}${at(0.5)}${at(0.95)}${at(1)}`)
  }
  console.log(`ms at ${COLUMNS} x ${ROWS}            median     95 %     max`)
  line('a page after a key', times.all)
  line('a pixel worked out', times.pixel)
}

/** What is measured. */
function load() {
  return bundled(`
    export { Chalk } from 'chalk'
    export { lectureOn } from './src/cli/layer-runs.ts'
    export { frame } from './src/cli/terminal.ts'
    export { layers } from './src/layers/index.ts'
    export { walkView } from './src/show/explain/view.ts'
    export { startWalk, updateWalk } from './src/show/explain/walk.ts'
    export { createStyle } from './src/show/style.ts'
    export { traceLayer } from './src/run/run.ts'`)
}
