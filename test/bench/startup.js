// npm run bench -- startup [--rounds N] [--node PATH]... [--against FOLDER] [--python PATH]
//
// From the command to its answer, for every Node named: bare Node; convlab in this checkout, whose
// bytecode is for the Node that built it; and convlab as npm installs it, without bytecode of the
// user's and from the second run on. Then the same layer in PyTorch where a Python with torch is
// found, and another checkout of convlab, such as the commit before. Fresh processes, in turn.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { convlab } from './shared/convlab.js'
import {
  canImport,
  output,
  peakMemory,
  sayCannotImport,
  timedInTurn,
  watchedNode,
} from './shared/processes.js'
import { row } from './shared/row.js'
import { medianOf } from './shared/statistics.js'

const root = join(import.meta.dirname, '../..')
const article = join(import.meta.dirname, 'article.py')
const mainJob = ['dynamic', '-K', '4']

/** Prints the page. */
export function run(args) {
  const { values } = parseArgs({
    args,
    options: {
      rounds: { type: 'string', default: '25' },
      node: { type: 'string', multiple: true, default: [process.execPath] },
      against: { type: 'string' },
      python: { type: 'string', default: 'python3' },
    },
  })
  const folder = mkdtempSync(join(tmpdir(), 'convlab-startup-'))
  try {
    const installed = unpacked(folder)
    process.env.NODE_COMPILE_CACHE = join(folder, 'cache') // not the user's own
    for (const path of values.node) compare(path, installed, values)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The program as npm installs it. */
function unpacked(folder) {
  const pack = ['pack', '--silent', '--json', '--ignore-scripts', '--pack-destination', folder]
  const [{ filename }] = JSON.parse(execFileSync('npm', pack, { cwd: root, encoding: 'utf8' }))
  execFileSync('tar', ['-xzf', join(folder, filename), '-C', folder])
  return join(folder, 'package/bin/convlab.js')
}

function compare(path, installed, { rounds, against, python }) {
  const hasTorch = canImport(python, 'torch')
  const contenders = [
    node(path, 'node -e 0', ['-e', '0']),
    node(path, 'checkout', [convlab, ...mainJob]),
    without(node(path, 'installed, none kept', [installed, ...mainJob])),
    node(path, 'installed, from the 2nd on', [installed, ...mainJob]),
    ...(against ? [node(path, 'the other', [join(against, 'bin/convlab.js'), ...mainJob])] : []),
    ...(hasTorch ? [pytorch(python)] : []),
  ]
  const times = timedInTurn(
    contenders.map(({ command }) => command),
    Number(rounds),
  )
  const [bare, ours] = times.map(medianOf)
  console.log(
    `Node ${output([path, '-p', 'process.version']).stdout.trim()}: convlab ${mainJob.join(' ')}`,
  )
  row(`median of ${rounds} runs`, 'ms', 'peak MiB', 'x bare Node')
  for (const [n, { name, watched }] of contenders.entries()) {
    const time = medianOf(times[n])
    row(name, time.toFixed(1), peakMemory(watched)?.toFixed(1) ?? '-', (time / bare).toFixed(2))
  }
  if (against) {
    const [, mine, , , theirs] = times
    const ratio = medianOf(mine.map((time, round) => time / theirs[round]))
    console.log(`the checkout takes ${ratio.toFixed(3)} times as long as the other`)
  }
  if (hasTorch) {
    const theirs = medianOf(times.at(-1))
    console.log(`PyTorch takes ${(theirs / ours).toFixed(1)} times as long`)
  } else sayCannotImport(python, 'torch')
  console.log()
}

/** A contender: how it is timed, and how it is run to learn what memory it took. */
function node(path, name, args) {
  return { name, command: [path, ...args], watched: watchedNode(args, path) }
}

/** The same with no bytecode but the build's. */
function without({ name, command, watched }) {
  const env = ['env', 'NODE_DISABLE_COMPILE_CACHE=1']
  return { name, command: [...env, ...command], watched: [...env, ...watched] }
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
