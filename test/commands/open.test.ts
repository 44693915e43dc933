// --open hands the page to whatever opens pages here, and says so if nothing does.
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../folder.ts'
import { convlab } from './run.ts'

const folder = temporaryFolder()
const opened = join(folder, 'opened')
const programs = { good: 'printf %s "$1" > "$OPENED"', bad: 'exit 3' }
for (const [name, line] of Object.entries(programs)) {
  mkdirSync(join(folder, name))
  for (const command of ['xdg-open', 'open']) {
    writeFileSync(join(folder, name, command), `#!/bin/sh\n${line}\n`)
    chmodSync(join(folder, name, command), 0o755)
  }
}
const surroundings = (name: string) => ({ env: { PATH: join(folder, name), OPENED: opened } })

test('--open opens the saved page, and still prints the run', async () => {
  const path = join(folder, 'report.html')
  const { code, stdout, stderr } = await convlab(
    `static --size 3 --save ${path} --open`,
    surroundings('good'),
  )
  expect({ code, stderr }).toEqual({ code: 0, stderr: `opened ${path}\n` })
  expect(stdout).toBe((await convlab('static --size 3')).stdout)
  expect(readFileSync(opened, 'utf8')).toBe(path)
})

test.each(['static --size 3 --open', 'static --size 3 --torch --open'])(
  '%s opens a page that is not asked to be kept',
  async (args) => {
    const { code, stderr } = await convlab(args, surroundings('good'))
    const [, path = ''] = /^opened (.+)\n$/.exec(stderr) ?? []
    expect({ code, there: existsSync(path) }).toEqual({ code: 0, there: true })
    expect(readFileSync(opened, 'utf8')).toBe(path)
    rmSync(dirname(path), { recursive: true })
  },
)

test.each(['bad', 'none'])(
  'where nothing opens pages (%s) it says where the page is',
  async (name) => {
    const path = join(folder, `${name}.html`)
    for (const lang of ['en', 'zh']) {
      const { code, stderr } = await convlab(
        `static --size 3 --force --save ${path} --open --lang ${lang}`,
        surroundings(name),
      )
      expect(code).toBe(2)
      expect(stderr).toMatch(/^convlab: --open[:：][^\n]+\n$/)
      expect(stderr).toContain(path)
    }
    expect(existsSync(path)).toBe(true)
  },
)
