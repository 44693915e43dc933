// --open: the saved page in the reader's browser, by the program that the system keeps for that.
import { spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { UsageError } from '../../base/errors.ts'
import type { Session } from '../../cli/common.ts'
import { print } from '../../cli/print.ts'
import { formOf } from './saved-forms.ts'

/** What opens a file with the program that the reader has chosen for its kind. */
const openers: Partial<Record<NodeJS.Platform, readonly [command: string, ...args: string[]]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
}
const usualOpener = ['xdg-open'] as const

/** An opener that has not failed by then has found a browser, in milliseconds. */
const PATIENCE = 3000

/** The pages among the files to be saved; if there is none, a place for one that nobody keeps. */
export function pagesToOpen(files: readonly string[]): readonly string[] {
  const pages = files.filter((path) => formOf(path) === '.html')
  return pages.length > 0 ? pages : [join(mkdtempSync(join(tmpdir(), 'convlab-')), 'report.html')]
}

/**
 * Opens a page, and says on standard error which.
 * @throws {UsageError} if nothing here opens pages; it stays where it is
 */
export async function openPage(path: string, { io, language }: Session): Promise<void> {
  const [command, ...args] = openers[process.platform] ?? usualOpener
  const opened = await succeeds(command, [...args, resolve(path)], io.env)
  if (!opened) throw noBrowser(path, command)
  const words = { en: `opened ${path}`, zh: `已打开 ${path}` }
  await print(io.stderr, [`${words[language]}\n`])
}

/** Whether the program starts and does not fail at once; it may outlive this one. */
function succeeds(
  command: string,
  args: readonly string[],
  env: Readonly<NodeJS.ProcessEnv>,
): Promise<boolean> {
  const child = spawn(command, args, { detached: true, stdio: 'ignore', env })
  child.unref()
  return new Promise((done) => {
    const timer = setTimeout(() => done(true), PATIENCE)
    const end = (opened: boolean) => {
      clearTimeout(timer)
      done(opened)
    }
    child.once('error', () => end(false))
    child.once('exit', (code) => end(code === 0))
  })
}

function noBrowser(path: string, command: string): UsageError {
  return new UsageError({
    en: `--open: ${command} found no browser here; the page is saved: open ${path} in one yourself`,
    zh: `--open：${command} 在这里找不到浏览器；网页已保存：请自行用浏览器打开 ${path}`,
  })
}
