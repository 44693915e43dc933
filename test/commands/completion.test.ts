// Tab: the words that convlab suggests, and the scripts in the shells themselves.
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { type CourseLesson, course } from '../../lessons/index.ts'
import { claims } from '../../src/claims/index.ts'
import { sweeps } from '../../src/commands/sweep/index.ts'
import { layers } from '../../src/layers/index.ts'
import { mistakes } from '../../src/mistakes/index.ts'
import { inputKinds } from '../../src/run/input.ts'
import { experiments } from '../../src/training/index.ts'
import { temporaryFolder } from '../folder.ts'
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
async function suggested(...words: string[]): Promise<string[]> {
  const printed: string[] = []
  const log = vi.spyOn(console, 'log').mockImplementation((line) => printed.push(line))
  const { code, stdout, stderr } = await convlab(['complete', '--', ...words])
  log.mockRestore()
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return suggestionsIn(`${stdout}${printed.join('\n')}`)
}

/** The same by the built program, in a folder with files. */
const suggestedThere = async (...words: string[]) =>
  suggestionsIn(
    execFileSync('node', [program, 'complete', '--', ...words], { cwd: folder, encoding: 'utf8' }),
  )

function suggestionsIn(printed: string): string[] {
  const lines = printed.trimEnd().split('\n')
  expect(lines.pop()).toBe(':4') // the shell is to add no files of its own
  return lines.map((line) => line.split('\t')[0] as string)
}

test('commands are suggested, and what help and completion take', async () => {
  expect(await suggested('')).toEqual(
    expect.arrayContaining([...Object.keys(layers), 'completion', 'help']),
  )
  expect(await suggested('')).not.toContain('complete')
  expect(await suggested('dyn')).toEqual(['dynamic'])
  expect(await suggested('help', 'sta')).toEqual(['static'])
  expect(await suggested('completion', '')).toEqual(['bash', 'zsh', 'fish'])
})

test('names are suggested behind each command that takes one', async () => {
  expect(await suggested('experiment', '')).toEqual(experiments.map(({ name }) => name))
  expect(await suggested('experiment', 'digits-r')).toEqual(['digits-rot'])
  expect(await suggested('sweep', '')).toEqual(Object.keys(sweeps))
  expect(await suggested('mistakes', '')).toEqual(mistakes.map(({ name }) => name))
  expect(await suggested('claims', '')).toEqual(claims.map(({ name }) => name))
  expect(await suggested('compare', 'static', 'dyn')).toEqual(['dynamic'])
  expect(await suggested('bench', 'od')).toEqual(['odconv'])
  expect(await suggested('count', 'resnet5')).toEqual(['resnet50'])
})

test('commands below a command are suggested, and what stands behind them', async () => {
  expect(await suggested('explain', '')).toEqual(Object.keys(layers))
  expect(await suggested('explain', 'static', '--ke')).toEqual(['--kernel-size'])
  expect(await suggested('lesson', 's')).toEqual(['start', 'show', 'skip'])
  expect(await suggested('lesson', '')).toContain('progress')
  expect(await suggested('lesson', 'check', '--fil')).toEqual(['--file'])
  expect(await suggested('lesson', 'check', '--st')).toEqual(['--state', '--student'])
  expect(await suggested('lesson', 'progress', '')).toEqual(['export', 'import', 'path'])
  expect(await suggestedThere('lesson', 'progress', 'import', 'ph')).toEqual(['photo.png'])
})

test.each(['start', 'show', 'reset', 'check', 'hint', 'skip'])(
  'lessons are suggested for %s',
  async (command) => {
    const names = course.map(({ name }) => name)
    expect(await suggested('lesson', command, '')).toEqual(names)
    expect(await suggested('lesson', '--lang', 'zh', command, 'mi')).toEqual(['mixing'])
  },
)

test.each(['check', 'hint', 'skip'])(
  "a lesson's questions are suggested for %s",
  async (command) => {
    const mixing = course.find(({ name }) => name === 'mixing') as CourseLesson
    expect(await suggested('lesson', command, 'mixing', '')).toEqual(Object.keys(mixing.questions))
    expect(await suggested('lesson', command, 'mixing', 'write-it', '')).toEqual([])
  },
)

test('lists of lessons are suggested', async () => {
  const check = ['lesson', 'check', '--answers', 'anna.json', '--lessons']
  expect(await suggested(...check, 'mi')).toEqual(['mixing'])
  expect(await suggested(...check, 'mixing,ba')).toEqual(['mixing,batch'])
  expect(await suggestedThere(...check, '')).toEqual(
    expect.arrayContaining(['mixing', 'photo.png']),
  )
})

test("a command's flags are suggested, and those of every command", async () => {
  expect(await suggested('static', '--ke')).toEqual(['--kernel-size'])
  expect(await suggested('dynamic', '--ke')).toEqual(['--kernel-size', '--kernels'])
  expect(await suggested('dynamic', '--batch', '2', '--asc')).toEqual(['--ascii'])
  expect(await suggested('dynamic', '-')).toContain('-K')
})

test('the words that a flag takes are suggested', async () => {
  expect(await suggested('static', '--padding', '')).toEqual(['same', 'valid'])
  expect(await suggested('static', '--lang', 'z')).toEqual(['zh'])
  expect(await suggested('static', '--stride', '')).toEqual([])
})

test('files are suggested where a flag takes one', async () => {
  expect((await suggestedThere('static', '--input', '')).sort()).toEqual(
    [...inputKinds, 'convlab', 'data/', 'photo.png', 'weights.safetensors'].sort(),
  )
  expect(await suggestedThere('static', '--weights', 'w')).toEqual(['weights.safetensors'])
  expect(await suggestedThere('static', '--input', 'd')).toEqual(['data/', 'data/x.npy'])
  expect(await suggestedThere('static', '--input', './.h')).toEqual(['./.hidden'])
  expect(await suggestedThere('static', '--input', 'nowhere/x')).toEqual([])
})

const environment = { ...process.env, PATH: `${folder}:${process.env.PATH}` }

test('bash completes with the script', () => {
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

test.runIf(has('fish'))('fish completes with the script', () => {
  const script =
    'convlab completion fish | source; complete -C "convlab dynamic --padding "; complete -C "convlab lesson start mi"'
  const { stdout } = spawnSync('fish', ['--no-config', '-c', script], {
    cwd: folder,
    env: environment,
    encoding: 'utf8',
  })
  expect(stdout.trim().split('\n')).toEqual(['same', 'valid', 'mixing'])
})

test.runIf(has('zsh'))('zsh reads the script', () => {
  const script =
    'autoload -Uz compinit; compinit -u -D; source <(convlab completion zsh); echo $_comps[convlab]'
  const { stdout } = spawnSync('zsh', ['-f', '-c', script], {
    cwd: folder,
    env: environment,
    encoding: 'utf8',
  })
  expect(stdout.trim()).toBe('_convlab')
})

describe.each(['en', 'zh'])('no shell, another or two are refused (%s)', (locale) => {
  test.each(['completion', 'completion tcsh', 'completion bash zsh'])('%s', async (args) => {
    const { code, stdout, stderr } = await convlab(args, { locale })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/^convlab: [^\n]+\n$/)
  })
})
