// npm run bench -- experiments [--rounds N] [--python PATH] [--commands]
//
// Training runs, one thread each, in turn with the same network in PyTorch where a Python with torch
// is found; with --commands also whole experiments, on all cores. convlab's time is a whole run:
// drawing the images, training and measuring. PyTorch's is training alone.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

const here = import.meta.dirname
const convlab = join(here, '../../bin/convlab.js')
const program = join(here, 'experiments.py')

/** Experiment and model, and how the Python program is told to build the same. */
const runs = [
  ['scale', 'S', 'glyphs static 744 8 16 16'],
  ['scale', 'U4', 'glyphs uniform 744 8 16 16'],
  ['scale', 'D4', 'glyphs dynamic 744 8 16 16'],
  ['scale', 'S-par', 'glyphs static 744 22 30 31'],
  ['digits', 'S', 'digits static 620 8 16'],
  ['digits', 'D4', 'digits dynamic 620 8 16'],
  ['digits', 'S-par', 'digits static 620 19 27'],
  ['filter', 'D4', 'filter dynamic 600 1'],
]

const commands = ['filter', 'digits', 'scale --quick']

/** Prints the page. */
export function run(args) {
  const options = {
    rounds: { type: 'string', default: '3' },
    python: { type: 'string', default: 'python3' },
    commands: { type: 'boolean', default: false },
  }
  const { rounds, python, commands: whole } = parseArgs({ args, options }).values
  const torch = spawnSync(python, ['-c', 'import torch']).status === 0
  row(`median of ${rounds} runs, s`, 'convlab', 'PyTorch', 'ratio')
  for (const [experiment, model, words] of runs) {
    const [ours, theirs] = [[], []]
    for (let round = 0; round < Number(rounds); round++) {
      ours.push(trained(experiment, model, round))
      if (torch) theirs.push(Number(output(python, [program, ...words.split(' ')])))
    }
    const ratio = torch ? (median(theirs) / median(ours)).toFixed(2) : '-'
    const cells = [ours, theirs].map((times) => (times.length ? median(times).toFixed(2) : '-'))
    row(`${experiment} ${model}`, ...cells, ratio)
  }
  if (!torch) console.log(`${python} has no torch: --python PATH names an interpreter that has`)
  if (whole) for (const command of commands) row(command, timed(command.split(' ')).toFixed(1))
}

/** Seconds of a run with one thread, less those of starting the program. */
function trained(experiment, model, seed) {
  const flags = ['--models', model, '--threads', '1', '--json']
  return timed([experiment, '--seeds', `${seed},`, ...flags]) - timed([])
}

function timed(args) {
  const start = performance.now()
  output(process.execPath, [convlab, 'experiment', ...args])
  return (performance.now() - start) / 1000
}

function output(command, args) {
  const result = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 2 ** 28 })
  if (result.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${result.stderr}`)
  return result.stdout
}

function row(name, ...cells) {
  console.log(name.padEnd(26) + cells.map((cell) => cell.padStart(10)).join(''))
}

function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1]
}
