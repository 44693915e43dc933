// --open: the saved page in the reader's browser, by the program that the system keeps for that.
import { join, resolve } from 'node:path'
import { UsageError } from '../../base/errors.ts'
import { type Printing, programsOf, type Session, type Starting } from '../../cli/io.ts'
import { print } from '../../cli/print.ts'
import { formOf } from './saved-forms.ts'

/** The pages among the files to be saved; if there is none, a place for one that nobody keeps. */
export async function pagesToOpen(
  files: readonly string[],
  io: Starting,
): Promise<readonly string[]> {
  const pages = files.filter((path) => formOf(path) === '.html')
  if (pages.length > 0) return pages
  return [join((await programsOf(io)).lastingFolder(), 'report.html')]
}

/**
 * Opens a page, and says on standard error which.
 * @throws {UsageError} if nothing here opens pages; it stays where it is
 */
export async function openPage(
  path: string,
  { io, language }: Session<Printing & Starting>,
): Promise<void> {
  const { opener, opened } = await (await programsOf(io)).openPage(resolve(path), io.env)
  if (!opened) throw noBrowser(path, opener)
  const words = { en: `opened ${path}`, zh: `已打开 ${path}` }
  await print(io.stderr, [`${words[language]}\n`])
}

function noBrowser(path: string, command: string): UsageError {
  return new UsageError({
    en: `--open: ${command} found no browser here; the page is saved: open ${path} in one yourself`,
    zh: `--open：${command} 在这里找不到浏览器；网页已保存：请自行用浏览器打开 ${path}`,
  })
}
