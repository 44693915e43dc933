// npm run test:torch [-- --keep] [-- --python PATH] [-- --thorough]
//
// Holds convlab against a real PyTorch: remakes every fixture, has pictures read by Pillow, and the
// saved files of a few random configurations of every layer by the libraries they are for (all of the
// pictures and thirty configurations if --thorough, which takes a quarter of an hour), then runs the
// --torch programs of many, and those of the experiments. Makes a virtual environment of its own for
// that, and removes it unless told to --keep it; --python takes an interpreter that has what
// requirements.txt lists.
import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { layers } from '../../dist/index.js'
import { randomArguments } from './random-configurations.js'

/** Scripts that compare what is committed with what torch computes now; 0 means the same. */
const CHECKS = [
  'test/random/make_stream_fixture.py',
  'test/torch/make_fixtures.py',
  'test/torch/article_errors.py',
  'test/torch/mistakes.py',
  'test/torch/deviations.py',
  'test/torch/lesson_programs.py',
]
const PROGRAMS = 50
/** Trained here and by their PyTorch programs; of the other experiments only the images are. */
const STUDIES = {
  filter: ['--models', 'S', 'D4', 'C4', 'D4-nocue', 'R8', '--seeds', '2'],
  scale: ['--models', 'S', 'D4', '--seeds', '2'],
  digits: ['--models', 'S', 'S-par', 'U4', 'D4', 'SE', '--seeds', '2'],
}
/** Numbers that languages write in different ways, and what JSON has no number for. */
const NUMBERS = [
  [
    0,
    1,
    -1,
    0.1,
    1 / 3,
    2 / 3,
    100,
    123456789,
    2 ** 53,
    1e20,
    123456789012345680000,
    1e21,
    1.5e300,
  ],
  [1e-4, 1.5e-4, 1e-5, 1.234e-5, 1e-6, 9.99e-7, 1e-7, 5e-324, 4.125e-10, 1e-100, -2.5e-7],
  [true, false, 'NaN', 'words'],
]
/** Configurations a layer whose saved files are read back. */
const FILES = { usual: 3, thorough: 30 }

const root = fileURLToPath(new URL('../../', import.meta.url))
const options = {
  keep: { type: 'boolean' },
  python: { type: 'string' },
  thorough: { type: 'boolean' },
}
const { keep, python: given, thorough } = parseArgs({ options }).values
const folder = mkdtempSync(join(tmpdir(), 'convlab-torch-'))
const count = { passed: 0, failed: 0 }

try {
  const python = given ?? makeEnvironment()
  for (const check of CHECKS) runCheck(python, check, '--check')
  runCheck(python, 'test/torch/pictures.py', ...(thorough ? ['--all'] : []))
  runCheck(python, 'test/torch/files.py', String(thorough ? FILES.thorough : FILES.usual))
  for (const layer of Object.values(layers))
    await runPrograms(python, layer).catch((error) => report(layer.name, false, error.message))
  await runExperiments(python)
} catch (error) {
  report(error.message, false)
} finally {
  if (keep) console.log(`kept ${folder}`)
  else rmSync(folder, { recursive: true })
}
console.log(`${count.passed} passed, ${count.failed} failed`)
process.exitCode = count.failed === 0 ? 0 : 1

/** A fresh environment with the versions the fixtures were made with; returns its interpreter. */
function makeEnvironment() {
  const environment = join(folder, 'environment')
  const python = join(environment, 'bin', 'python')
  const requirements = join(root, 'test/torch/requirements.txt')
  for (const [command, ...args] of [
    ['python3', '-m', 'venv', environment],
    [python, '-m', 'pip', 'install', '--quiet', '--requirement', requirements],
  ]) {
    const { status, error } = spawnSync(command, args, { stdio: 'inherit' })
    if (status !== 0)
      throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? `exit ${status}`}`)
  }
  return python
}

function runCheck(python, script, ...args) {
  const { status, stdout, stderr } = runPython(python, script, ...args)
  report([script, ...args].join(' '), status === 0, stdout + stderr)
}

function runPython(python, ...args) {
  const result = spawnSync(python, args, { cwd: root, encoding: 'utf8' })
  if (result.error) throw result.error
  return result
}

/** The same arguments as a PyTorch program and as a trace, many times, in one Python process. */
async function runPrograms(python, layer) {
  const configurations = randomArguments(layer, PROGRAMS)
  const programs = mkdtempSync(join(folder, `${layer.name}-`))
  for (const [n, args] of configurations.entries()) {
    const [program, trace] = await Promise.all([
      convlab(...args, '--torch'),
      convlab(...args, '--json', '--values'),
    ])
    const path = join(programs, String(n).padStart(3, '0'))
    writeFileSync(`${path}.py`, program)
    writeFileSync(`${path}.json`, trace)
  }
  const { stdout, stderr } = runPython(python, 'test/torch/programs.py', programs)
  const answers = stdout.split('\n').slice(0, -1)
  if (stderr) console.log(stderr.trimEnd())
  const wrong = configurations.flatMap((args, n) =>
    answers[n] === 'ok' ? [] : [{ command: args.join(' '), answer: answers[n] ?? 'no answer' }],
  )
  const right = PROGRAMS - wrong.length
  count.passed += right
  console.log(`${mark(!wrong.length)} ${layer.name} --torch: ${right} of ${PROGRAMS} at random`)
  for (const { command, answer } of wrong) report(`convlab ${command}`, false, answer)
}

/** Every experiment as a PyTorch program: its images, and for some its figures. */
async function runExperiments(python) {
  const reference = readFileSync(join(root, 'test/training/reference.fixture.json'), 'utf8')
  const names = new Set(JSON.parse(reference).data.map(({ set }) => set.split(' ')[0]))
  const programs = mkdtempSync(join(folder, 'experiments-'))
  writeFileSync(join(programs, 'numbers.json'), JSON.stringify(NUMBERS))
  for (const name of names) {
    const study = ['experiment', name, ...(STUDIES[name] ?? [])]
    writeFileSync(join(programs, `${name}.py`), await convlab(...study, '--torch'))
    if (STUDIES[name])
      writeFileSync(join(programs, `${name}.json`), await convlab(...study, '--json'))
  }
  const { stdout, stderr } = runPython(python, 'test/torch/experiments.py', programs)
  const answers = stdout.split('\n').slice(0, -1)
  if (stderr) console.log(stderr.trimEnd())
  for (const [n, name] of [...names].sort().entries()) {
    const told = answers[n] ?? 'no answer'
    report(`experiment ${name} --torch`, told === 'ok', told === 'ok' ? '' : told)
  }
  for (const name of Object.keys(STUDIES))
    await readBack(name, join(programs, `${name}.1.json`)).catch((error) =>
      report(`experiment ${name} --resume`, false, error.message),
    )
}

/** What the PyTorch program saved, read by convlab and written again: the same, to the last digits. */
async function readBack(name, saved) {
  const theirs = readFileSync(saved, 'utf8')
  const ours = await convlab('experiment', name, '--json', '--resume', saved)
  const number = /-?\d+(\.\d+)?(e[+-]?\d+)?/g
  const [forms, numbers] = [
    [theirs, ours].map((text) => text.replace(number, '#')),
    [theirs, ours].map((text) => text.match(number).map(Number)),
  ]
  const near = numbers[0].every((value, at) => Math.abs(value - numbers[1][at]) < 1e-9)
  const same = forms[0] === forms[1] && near
  report(`experiment ${name} --resume`, same, same ? '' : 'convlab writes it in another form')
}

/** What the built program writes; rejects if it fails. */
async function convlab(...args) {
  const command = [join(root, 'bin/convlab.js'), ...args]
  const { stdout } = await promisify(execFile)(process.execPath, command, { maxBuffer: 2 ** 30 })
  return stdout
}

function report(what, passed, details = '') {
  count[passed ? 'passed' : 'failed']++
  console.log(`${mark(passed)} ${what}`)
  if (details.trim()) console.log(details.trimEnd().replace(/^/gm, '      '))
}

function mark(passed) {
  return passed ? 'ok   ' : 'FAIL '
}
