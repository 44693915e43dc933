// npm run test:pack: what npm would publish, installed into an empty folder and used there: the
// program, the library by import and by require, and its types under the strict compilers of today and
// of long ago.
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The oldest TypeScript that the types are for. */
const OLDEST = '5.0.4'

const root = fileURLToPath(new URL('../../', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'convlab-pack-'))
const project = join(folder, 'project')
const count = { passed: 0, failed: 0 }

try {
  const [{ filename, files }] = JSON.parse(
    run('npm pack --silent --json --pack-destination', folder),
  )
  mkdirSync(project)
  writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }')
  const compiler = `file:${join(root, 'node_modules/typescript')}`
  run('npm install --silent', join(folder, filename), compiler, `oldest@npm:typescript@${OLDEST}`)

  check('nothing but the program, the library, lessons and words is packed', () => {
    const strange = files.filter(
      ({ path }) => !/^(bin|dist|lessons)\/|^[A-Z]+(\.zh)?(\.md)?$|^package.json$/.test(path),
    )
    expect(strange.map(({ path }) => path).join(' '), '')
  })
  check('npx convlab dynamic -K 4', () => {
    const ours = execFileSync(process.execPath, [
      join(root, 'bin/convlab.js'),
      'dynamic',
      '-K',
      '4',
    ])
    expect(run('npx --no-install convlab dynamic -K 4'), String(ours))
  })
  check('npx convlab lesson check: a lesson and the process that runs code', () => {
    const solution = join(root, 'lessons/02-output-shape/solution.js')
    const progress = join(project, 'progress.json')
    const said = run(
      'npx --no-install convlab lesson check output-shape --lang en --state',
      progress,
      '--file',
      solution,
    )
    expect(said.split('\n')[0], 'Right.')
  })
  check('npx convlab static --save page.html: the built page is found', () => {
    run('npx --no-install convlab static --save page.html')
    const html = readFileSync(join(project, 'page.html'), 'utf8')
    expect(/<script>.{50000,}<\/script>/s.test(html), true)
  })
  check('npx convlab static --input photo.jpg: the decoder, here and in a thread', () => {
    const photo = join(root, 'test/torch/fixtures/files/turned-6.jpg')
    for (const [more, shape] of [
      ['', '[1,3,21,18]'],
      ['--size 1500 --out 32', '[1,3,1500,1500]'],
    ]) {
      const json = run(
        `npx --no-install convlab static ${more} --json --input`.replace('  ', ' '),
        photo,
      )
      expect(JSON.stringify(JSON.parse(json).input.shape), shape)
    }
  })
  check('npx convlab experiment digits: threads, and the digits they train on', () => {
    const args = 'experiment digits --seeds 1 --models S --json'
    const { models } = JSON.parse(run(`npx --no-install convlab ${args}`))
    expect(models.S.perSeed[0] > 0.95, true)
  })
  check("import { runLayer, layers, manualSeed } from 'convlab'", () => {
    const program = `
      import { layers, manualSeed, runLayer } from 'convlab'
      const { steps } = runLayer('dynamic', { kernels: 4 })
      console.log(Object.keys(layers)[0], String(steps.at(-1).shape), manualSeed(0).randn(1)[0])`
    writeFileSync(join(project, 'library.js'), program)
    expect(run('node library.js'), 'static 1,16,30,30 1.5409960746765137\n')
  })
  check("require('convlab'): the same instances as by import, and no warning", () => {
    const program = `
      const required = require('convlab')
      const names = Object.keys(required).join(' ')
      import('convlab').then((imported) => {
        const same = Object.keys(imported).every((name) => imported[name] === required[name])
        try {
          required.runLayer('nope')
        } catch (error) {
          console.log(names, same, error instanceof imported.UsageError)
        }
      })
      process.on('warning', ({ message }) => console.log(message))`
    writeFileSync(join(project, 'library.cjs'), program)
    const names = 'UsageError layers manualSeed prepareForward runLayer'
    expect(run('node library.cjs'), `${names} true true\n`)
  })
  for (const consumer of ['consumer.ts', 'consumer.cts'])
    copyFileSync(join(root, 'test/pack', consumer), join(project, consumer))
  for (const [version, compiler] of [
    [OLDEST, 'oldest'],
    ['of today', 'typescript'],
  ])
    for (const [module, moduleResolution, ...consumers] of [
      ['nodenext', 'nodenext', 'consumer.ts', 'consumer.cts'],
      ['node16', 'node16', 'consumer.ts', 'consumer.cts'],
      ['esnext', 'bundler', 'consumer.ts'],
      // which TypeScript had before there were exports
      ...(version === OLDEST ? [['commonjs', 'node10', 'consumer.ts']] : []),
    ])
      check(`TypeScript ${version}, strict, --moduleResolution ${moduleResolution}`, () => {
        const options = `--strict --exactOptionalPropertyTypes --noUncheckedIndexedAccess --skipLibCheck false --noEmit --target es2022`
        const command = `node node_modules/${compiler}/bin/tsc ${options} --module ${module}`
        expect(run(`${command} --moduleResolution ${moduleResolution}`, ...consumers), '')
      })
} catch (error) {
  report(error.message, false, error.stdout)
} finally {
  rmSync(folder, { recursive: true })
}
console.log(`${count.passed} passed, ${count.failed} failed`)
process.exitCode = count.failed === 0 ? 0 : 1

function run(words, ...more) {
  const [command, ...args] = [...words.split(' '), ...more]
  const cwd = words.startsWith('npm pack') ? root : project
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}

function check(what, test) {
  try {
    test()
    report(what, true)
  } catch (error) {
    report(what, false, error.stdout || error.message)
  }
}

function expect(actual, expected) {
  if (actual !== expected) throw new Error(`expected ${expected}\nbut got ${actual}`)
}

function report(what, passed, details = '') {
  count[passed ? 'passed' : 'failed']++
  console.log(`${passed ? 'ok   ' : 'FAIL '} ${what}`)
  if (!passed && details) console.log(details.trimEnd().replace(/^/gm, '      '))
}
