// npm run bench -- experiments [--rounds N] [--python PATH] [--commands]
//
// Training runs, one thread each, in turn with the same network in PyTorch where a Python with torch
// is found; with --commands also whole experiments, on all cores. convlab's time is a whole run:
// drawing the images, training and measuring. PyTorch's is training alone.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { convlab } from './shared/convlab.js'
import { canImport, output, sayCannotImport, timed as timedProcess } from './shared/processes.js'
import { row } from './shared/row.js'
import { medianOf } from './shared/statistics.js'

const program = join(import.meta.dirname, 'experiments.py')

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
  const torch = canImport(python, 'torch')
  row(`median of ${rounds} runs, s`, 'convlab', 'PyTorch', 'ratio')
  for (const [experiment, model, words] of runs) {
    const [ours, theirs] = [[], []]
    for (let round = 0; round < Number(rounds); round++) {
      ours.push(trained(experiment, model, round))
      if (torch) theirs.push(Number(output([python, program, ...words.split(' ')]).stdout))
    }
    const ratio = torch ? (medianOf(theirs) / medianOf(ours)).toFixed(2) : '-'
    const cells = [ours, theirs].map((times) => (times.length ? medianOf(times).toFixed(2) : '-'))
    row(`${experiment} ${model}`, ...cells, ratio)
  }
  if (!torch) sayCannotImport(python, 'torch')
  if (whole) for (const command of commands) row(command, timed(command.split(' ')).toFixed(1))
}

/** Seconds of a run with one thread, less those of starting the program. */
function trained(experiment, model, seed) {
  const flags = ['--models', model, '--threads', '1', '--json']
  return timed([experiment, '--seeds', `${seed},`, ...flags]) - timed([])
}

/** Seconds. */
function timed(args) {
  return timedProcess([process.execPath, convlab, 'experiment', ...args]) / 1000
}
