// Every command of the READMEs is run, and what stands below it is what it prints.
// `npm run docs` writes the output anew.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const root = new URL('../..', import.meta.url).pathname

/** What a shell prints for a command line of the README. */
function printed(command: string): string {
  const script = command.replace(/^convlab/, `node ${root}bin/convlab.js`)
  const env = { ...process.env, LC_ALL: 'en_US.UTF-8', NO_COLOR: '1' }
  return execFileSync('bash', ['-c', script], { encoding: 'utf8', env })
}

const withOutput = (block: string) =>
  block
    .split('\n')
    .filter((line) => line.startsWith('$ '))
    .map((line) => `${line}\n${printed(line.slice(2))}`)
    .join('\n')

test.each(['README.md', 'README.zh.md'])('commands in %s print what it shows', (name) => {
  const file = `${root}${name}`
  const text = readFileSync(file, 'utf8')
  const current = text.replace(
    /(```console\n)(.*?)(```)/gs,
    (_, open, block, close) => `${open}${withOutput(block)}${close}`,
  )
  if (process.env.CONVLAB_WRITE_DOCS) writeFileSync(file, current)
  else expect(text).toBe(current)
})

test.each(['README.md', 'README.zh.md'])('the library example of %s runs', (name) => {
  const [, example = ''] = /```ts\n(.*?)```/s.exec(readFileSync(`${root}${name}`, 'utf8')) ?? []
  const script = example.replace("'convlab'", `'${root}dist/index.js'`)
  const args = ['--input-type=module', '-e', script]
  expect(execFileSync('node', args, { encoding: 'utf8' })).toContain('aggregate-weight')
})
