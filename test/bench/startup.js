// npm run bench -- startup [--rounds N] [--python PATH]
//
// From the command to its answer: bare Node, convlab, and the same layer in PyTorch where a Python
// with torch is found. Fresh processes, in turn, so that a busy machine is busy for all of them.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

const here = import.meta.dirname
const convlab = join(here, '../../bin/convlab.js')
const article = join(here, 'article.py')

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
    ...(hasTorch(python) ? [pytorch(python)] : []),
  ]
  const times = contenders.map(() => [])
  for (let round = 0; round <= Number(rounds); round++)
    for (const [n, { command }] of contenders.entries()) {
      const time = timed(command)
      if (round > 0) times[n].push(time) // the first only warms the caches of the system
    }
  const results = contenders.map(({ name, measured }, n) => ({
    name,
    time: median(times[n]),
    memory: peakMemory(measured),
  }))
  const [bare, ours, theirs] = results
  const row = (name, ...cells) =>
    console.log(name.padEnd(24) + cells.map((cell) => cell.padStart(12)).join(''))
  row(`median of ${rounds} runs`, 'ms', 'peak MiB', 'x bare Node')
  for (const { name, time, memory } of results)
    row(name, time.toFixed(1), memory?.toFixed(1) ?? '-', (time / bare.time).toFixed(2))
  if (theirs === undefined)
    console.log(`${python} has no torch: --python PATH names an interpreter that has`)
  else {
    console.log(`PyTorch takes ${(theirs.time / ours.time).toFixed(1)} times as long`)
    if (ours.memory && theirs.memory)
      console.log(`and ${(theirs.memory / ours.memory).toFixed(1)} times as much memory`)
  }
}

/** A contender: how it is timed, and how it is run to learn what memory it took. */
function node(name, args) {
  const { execPath } = process
  const measured = [execPath, '--require', join(here, 'peak-memory.cjs'), ...args]
  return { name, command: [execPath, ...args], measured }
}

function pytorch(python) {
  const program = `
import re, runpy, sys
runpy.run_path(sys.argv[1])
sys.stderr.write(re.search('VmHWM.*', open('/proc/self/status').read())[0])`
  return {
    name: 'article.py',
    command: [python, article],
    measured: [python, '-c', program, article],
  }
}

function hasTorch(python) {
  return spawnSync(python, ['-c', 'import torch']).status === 0
}

/** Milliseconds from start to end. */
function timed(command) {
  const start = performance.now()
  output(command)
  return performance.now() - start
}

/** MiB, the median of five runs; only Linux tells. */
function peakMemory(command) {
  if (!existsSync('/proc/self/status')) return undefined
  const peak = () => Number(/VmHWM:\s*(\d+) kB/.exec(output(command).stderr)[1]) / 1024
  return median(Array.from({ length: 5 }, peak))
}

function output([program, ...args]) {
  const result = spawnSync(program, args, { encoding: 'utf8' })
  if (result.status !== 0) throw new Error(`${program} ${args.join(' ')}: ${result.stderr}`)
  return result
}

function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1]
}
