// Progress on disk: nothing is lost, whatever happens.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { statePath } from '../../src/cli/state-path.ts'
import { changeState, loadState } from '../../src/commands/lesson/study/state-file.ts'
import { answered, emptyState, merged, questionOf, skipped } from '../../src/course/course-state.ts'
import { readState } from '../../src/course/state-format.ts'
import { convlab, folder, freshState } from './course.ts'
import { leftBehind, saver } from './killed.ts'

const pass = { status: 'pass', says: { en: '', zh: '' } } as const
const ignore = () => {}

describe('a save', () => {
  it.each([0, 7, 14, 30])('killed after %i ms leaves a whole state', async (delay) => {
    expect(['old', 'new']).toContain(await leftBehind(delay))
  })

  it('goes on after a process was killed', { timeout: 20_000 }, async () => {
    const path = freshState()
    const child = spawn(process.execPath, [saver, path, 'forever'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(child.stdout, 'data')
    child.kill('SIGKILL')
    await once(child, 'close')
    const state = await changeState(path, ignore, (known) => answered(known, 'a', 'b', pass))
    expect(questionOf(state, 'a', 'b').passed).toBe(true)
  })

  it('by several processes at once loses nothing', { timeout: 60_000 }, async () => {
    const path = freshState()
    const names = ['a', 'b', 'c', 'd']
    const children = names.map((name) => spawn(process.execPath, [saver, path, 'add', name, '25']))
    await Promise.all(children.map((child) => once(child, 'close')))
    const state = await loadState(path, ignore)
    for (const name of names)
      for (let id = 0; id < 25; id++)
        expect(questionOf(state, name, `question-${id}`).passed, `${name} ${id}`).toBe(true)
  })
})

describe('a file', () => {
  it.each([
    '',
    '{',
    '[]',
    'null',
    '{"version":1}',
    '{"version":1,"student":"","students":{"":{"lessons":{"a":{"questions":{"b":{}}}}}}}',
  ])('that holds %j is set aside, with a message', async (text) => {
    const path = freshState()
    writeFileSync(path, text)
    const { code, err } = await convlab('lesson', 'hint', 'one-pixel', 'pixel', '--state', path)
    expect(code).toBe(0)
    expect(err).toContain(`kept as ${path}.corrupt-1`)
    expect(readFileSync(`${path}.corrupt-1`, 'utf8')).toBe(text)
    expect('state' in readState(readFileSync(path, 'utf8'))).toBe(true)
  })

  it('of a newer version is refused and kept', async () => {
    const path = freshState()
    writeFileSync(path, '{"version":2}')
    const { code, err } = await convlab('lesson', 'skip', '--state', path)
    expect(code).toBe(2)
    expect(err).toContain('written by a newer convlab')
    expect(readFileSync(path, 'utf8')).toBe('{"version":2}')
  })

  it('that is a pipe or a folder is refused and left alone', async () => {
    const pipe = freshState()
    execFileSync('mkfifo', [pipe])
    for (const path of [pipe, folder]) {
      const { code, err } = await convlab('lesson', 'skip', '--state', path)
      expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('is no regular file') })
    }
    expect(statSync(pipe).isFIFO()).toBe(true)
  })

  it("stands in the platform's folder", async () => {
    expect(statePath({ XDG_STATE_HOME: '/x' })).toBe(join('/x', 'convlab', 'progress.json'))
    expect(statePath({ HOME: '/h' }, 'linux')).toBe(
      join('/h', '.local/state/convlab/progress.json'),
    )
    expect(statePath({ HOME: '/h' }, 'darwin')).toContain(join('/h', 'Library'))
    expect(statePath({ LOCALAPPDATA: '/l' }, 'win32')).toBe(join('/l', 'convlab', 'progress.json'))
    const path = freshState()
    expect((await convlab('lesson', 'progress', 'path', '--state', path)).out).toBe(`${path}\n`)
    await convlab('lesson', '--state', path)
    expect(existsSync(path), 'looking writes nothing').toBe(false)
  })
})

describe('progress', () => {
  it('travels by export and import, and keeps the best of both', async () => {
    const [here, there] = [freshState(), freshState()]
    await convlab('lesson', 'check', 'one-pixel', 'word', 'correlation', '--state', there)
    await convlab('lesson', 'hint', 'one-pixel', 'pixel', '--state', here)
    const { out } = await convlab('lesson', 'progress', 'export', '--state', there)
    const file = freshState()
    writeFileSync(file, out)
    expect((await convlab('lesson', 'progress', 'import', file, '--state', here)).code).toBe(0)
    const state = await loadState(here, ignore)
    expect(questionOf(state, 'one-pixel', 'word')).toMatchObject({ passed: true, tries: 1 })
    expect(questionOf(state, 'one-pixel', 'pixel')).toMatchObject({ passed: false, hints: 1 })
  })

  it('is passed if either side passed, whatever was skipped', () => {
    const passed = answered(emptyState, 'a', 'b', pass)
    const left = skipped(emptyState, 'a', 'b')
    for (const both of [merged(passed, left), merged(left, passed)])
      expect(questionOf(both, 'a', 'b')).toMatchObject({ passed: true, skipped: false })
  })
})
