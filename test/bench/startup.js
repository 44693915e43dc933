// npm run bench -- startup [--rounds N] [--python PATH]
//
// From the command to its answer: bare Node, convlab, and the same layer in PyTorch where a Python
// with torch is found. Fresh processes, in turn.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { convlab } from './shared/convlab.js'
import {
  canImport,
  peakMemory,
  sayCannotImport,
  timedInTurn,
  watchedNode,
} from './shared/processes.js'
import { row } from './shared/row.js'
import { medianOf } from './shared/statistics.js'

const article = join(import.meta.dirname, 'article.py')

/** Prints the page. */
export function run(args) {
  const options = {
    rounds: { type: 'string', default: '21' },
    python: { type: 'string', default: 'python3' },
  }
  const { rounds, python } = parseArgs({ args, options }).values
  const contenders = [
    node('node -e 0', ['-e', '0']),
    node('convlab dynamic -K 4', [convlab, 'dynamic', '-K', '4']),
    ...(canImport(python, 'torch') ? [pytorch(python)] : []),
  ]
  const times = timedInTurn(
    contenders.map(({ command }) => command),
    Number(rounds),
  )
  const results = contenders.map(({ name, watched }, n) => ({
    name,
    time: medianOf(times[n]),
    memory: peakMemory(watched),
  }))
  const [bare, ours, theirs] = results
  row(`median of ${rounds} runs`, 'ms', 'peak MiB', 'x bare Node')
  for (const { name, time, memory } of results)
    row(name, time.toFixed(1), memory?.toFixed(1) ?? '-', (time / bare.time).toFixed(2))
  if (theirs === undefined) sayCannotImport(python, 'torch')
  else {
    console.log(`PyTorch takes ${(theirs.time / ours.time).toFixed(1)} times as long`)
    if (ours.memory && theirs.memory)
      console.log(`and ${(theirs.memory / ours.memory).toFixed(1)} times as much memory`)
  }
}

/** A contender: how it is timed, and how it is run to learn what memory it took. */
function node(name, args) {
  return { name, command: [process.execPath, ...args], watched: watchedNode(args) }
}

function pytorch(python) {
  const program = `
import re, runpy, sys
runpy.run_path(sys.argv[1])
sys.stderr.write(re.search('VmHWM.*', open('/proc/self/status').read())[0])`
  return {
    name: 'article.py',
    command: [python, article],
    watched: [python, '-c', program, article],
  }
}
