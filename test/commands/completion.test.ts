// Tab: the words that convlab suggests, and the scripts in the shells themselves.
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type CourseLesson, course } from '../../lessons/index.ts'
import { claims } from '../../src/claims/index.ts'
import { sweeps } from '../../src/commands/sweep/index.ts'
import { layers } from '../../src/layers/index.ts'
import { mistakes } from '../../src/mistakes/index.ts'
import { inputKinds } from '../../src/run/input.ts'
import { experiments } from '../../src/training/index.ts'
import { temporaryFolder } from './folder.ts'
import { convlab } from './run.ts'

const program = new URL('../../bin/convlab.js', import.meta.url).pathname
const folder = temporaryFolder()
for (const name of ['photo.png', 'weights.safetensors', '.hidden'])
  writeFileSync(join(folder, name), '')
mkdirSync(join(folder, 'data'))
writeFileSync(join(folder, 'data', 'x.npy'), '')
writeFileSync(join(folder, 'convlab'), `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`)
chmodSync(join(folder, 'convlab'), 0o755)

/** What is suggested in place of the last word. */
function suggested(...words: string[]): string[] {
  const out = execFileSync('node', [program, 'complete', '--', ...words], {
    cwd: folder,
    encoding: 'utf8',
  })
  const lines = out.trimEnd().split('\n')
  expect(lines.pop()).toBe(':4') // the shell is to add no files of its own
  return lines.map((line) => line.split('\t')[0] as string)
}

test('commands', () => {
  expect(suggested('')).toEqual(
    expect.arrayContaining([...Object.keys(layers), 'completion', 'help']),
  )
  expect(suggested('')).not.toContain('complete')
  expect(suggested('dyn')).toEqual(['dynamic'])
  expect(suggested('help', 'sta')).toEqual(['static'])
  expect(suggested('completion', '')).toEqual(['bash', 'zsh', 'fish'])
})

test('what there is of each kind', () => {
  expect(suggested('experiment', '')).toEqual(experiments.map(({ name }) => name))
  expect(suggested('experiment', 'digits-r')).toEqual(['digits-rot'])
  expect(suggested('sweep', '')).toEqual(Object.keys(sweeps))
  expect(suggested('mistakes', '')).toEqual(mistakes.map(({ name }) => name))
  expect(suggested('claims', '')).toEqual(claims.map(({ name }) => name))
  expect(suggested('compare', 'static', 'dyn')).toEqual(['dynamic'])
  expect(suggested('bench', 'od')).toEqual(['odconv'])
  expect(suggested('count', 'resnet5')).toEqual(['resnet50'])
})

test('the commands below a command, and what stands behind them', () => {
  expect(suggested('explain', '')).toEqual(Object.keys(layers))
  expect(suggested('explain', 'static', '--ke')).toEqual(['--kernel-size'])
  expect(suggested('lesson', 's')).toEqual(['start', 'show', 'skip'])
  expect(suggested('lesson', '')).toContain('progress')
  expect(suggested('lesson', 'check', '--fil')).toEqual(['--file'])
  expect(suggested('lesson', 'check', '--st')).toEqual(['--state', '--student'])
  expect(suggested('lesson', 'progress', '')).toEqual(['export', 'import', 'path'])
  expect(suggested('lesson', 'progress', 'import', 'ph')).toEqual(['photo.png'])
})

test.each(['start', 'show', 'reset', 'check', 'hint', 'skip'])('lessons for %s', (command) => {
  const names = course.map(({ name }) => name)
  expect(suggested('lesson', command, '')).toEqual(names)
  expect(suggested('lesson', '--lang', 'zh', command, 'mi')).toEqual(['mixing'])
})

test.each(['check', 'hint', 'skip'])("a lesson's questions for %s", (command) => {
  const mixing = course.find(({ name }) => name === 'mixing') as CourseLesson
  expect(suggested('lesson', command, 'mixing', '')).toEqual(Object.keys(mixing.questions))
  expect(suggested('lesson', command, 'mixing', 'write-it', '')).toEqual([])
})

test('lists of lessons', () => {
  const check = ['lesson', 'check', '--answers', 'anna.json', '--lessons']
  expect(suggested(...check, 'mi')).toEqual(['mixing'])
  expect(suggested(...check, 'mixing,ba')).toEqual(['mixing,batch'])
  expect(suggested(...check, '')).toEqual(expect.arrayContaining(['mixing', 'photo.png']))
})

test("a command's flags, and those of every command", () => {
  expect(suggested('static', '--ke')).toEqual(['--kernel-size'])
  expect(suggested('dynamic', '--ke')).toEqual(['--kernel-size', '--kernels'])
  expect(suggested('dynamic', '--batch', '2', '--asc')).toEqual(['--ascii'])
  expect(suggested('dynamic', '-')).toContain('-K')
})

test('the words that a flag takes', () => {
  expect(suggested('static', '--padding', '')).toEqual(['same', 'valid'])
  expect(suggested('static', '--lang', 'z')).toEqual(['zh'])
  expect(suggested('static', '--stride', '')).toEqual([])
})

test('files, where a flag takes one', () => {
  expect(suggested('static', '--input', '').sort()).toEqual(
    [...inputKinds, 'convlab', 'data/', 'photo.png', 'weights.safetensors'].sort(),
  )
  expect(suggested('static', '--weights', 'w')).toEqual(['weights.safetensors'])
  expect(suggested('static', '--input', 'd')).toEqual(['data/', 'data/x.npy'])
  expect(suggested('static', '--input', './.h')).toEqual(['./.hidden'])
  expect(suggested('static', '--input', 'nowhere/x')).toEqual([])
})

const environment = { ...process.env, PATH: `${folder}:${process.env.PATH}` }

test('bash completes with it', () => {
  const script = `
    source <(convlab completion bash)
    source <(convlab completion bash)
    compopt() { :; } # only readline may call it
    words_of() { COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=(); __convlab_complete; echo "\${COMPREPLY[*]}"; }
    words_of convlab dyn
    words_of convlab dynamic --ke
    words_of convlab dynamic --padding s
    words_of convlab static --input ph
    words_of convlab explain ''
    words_of convlab lesson st
    words_of convlab lesson start mi
    words_of convlab lesson check mixing w
    words_of convlab experiment digits-r
  `
  const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', script], {
    cwd: folder,
    env: environment,
    encoding: 'utf8',
  })
  expect(stderr.replace(/.*setlocale.*\n/g, '')).toBe('')
  expect(stdout.trimEnd().split('\n')).toEqual([
    'dynamic',
    '--kernel-size --kernels',
    'same',
    'photo.png',
    Object.keys(layers).join(' '),
    'start',
    'mixing',
    'write-it',
    'digits-rot',
  ])
})

const has = (shell: string) => spawnSync(shell, ['-c', 'true']).status === 0

test.runIf(has('fish'))('fish completes with it', () => {
  const script =
    'convlab completion fish | source; complete -C "convlab dynamic --padding "; complete -C "convlab lesson start mi"'
  const { stdout } = spawnSync('fish', ['--no-config', '-c', script], {
    cwd: folder,
    env: environment,
    encoding: 'utf8',
  })
  expect(stdout.trim().split('\n')).toEqual(['same', 'valid', 'mixing'])
})

test.runIf(has('zsh'))('zsh reads it', () => {
  const script =
    'autoload -Uz compinit; compinit -u -D; source <(convlab completion zsh); echo $_comps[convlab]'
  const { stdout } = spawnSync('zsh', ['-f', '-c', script], {
    cwd: folder,
    env: environment,
    encoding: 'utf8',
  })
  expect(stdout.trim()).toBe('_convlab')
})

describe.each(['en', 'zh'])('another shell is refused (%s)', (locale) => {
  test.each(['completion', 'completion tcsh', 'completion bash zsh'])('%s', async (args) => {
    const { code, stdout, stderr } = await convlab(args, { locale })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/^convlab: [^\n]+\n$/)
  })
})
