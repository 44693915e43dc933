// Progress on disk. Saved whole or not at all; a lock keeps two processes from losing each other's.
import { mkdir, readFile, rename, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import lockfile from 'proper-lockfile'
import writeFileAtomic from 'write-file-atomic'
import { UsageError } from '../../../base/errors.ts'
import type { Text } from '../../../base/text.ts'
import { type CourseState, emptyState } from '../../../course/course-state.ts'
import { readState, writeState } from '../../../course/state-format.ts'

/** Setting aside and replacing are for files: a device or a pipe is never touched. */
async function checkIsFile(path: string): Promise<void> {
  const found = await stat(path).catch(absent)
  if (found === undefined || found.isFile()) return
  throw new UsageError({
    en: `--state ${path}: is no regular file: expected a file, or a name that is free`,
    zh: `--state ${path}：不是普通文件：应为文件，或一个还没有用过的文件名`,
  })
}

/** The state there, empty if there is none. A corrupt file is set aside, and `warn` told so. */
export async function loadState(path: string, warn: (text: Text) => void): Promise<CourseState> {
  await checkIsFile(path)
  const text = await readFile(path, 'utf8').catch(absent)
  if (text === undefined) return emptyState
  const read = readState(text)
  if ('state' in read) return read.state
  if (read.fault === 'newer')
    throw new UsageError({
      en: `${path} was written by a newer convlab: update convlab, or use another file with --state`,
      zh: `${path} 由更新版本的 convlab 写成：请升级 convlab，或用 --state 指定别的文件`,
    })
  const aside = await unused(`${path}.corrupt`)
  await rename(path, aside)
  warn({
    en: `${path} cannot be read as progress; it is kept as ${aside}, and progress starts anew`,
    zh: `${path} 不是有效的进度文件，已另存为 ${aside}，进度从头开始`,
  })
  return emptyState
}

/** Applies a change to whatever the file holds by now, and saves the outcome. */
export async function changeState(
  path: string,
  warn: (text: Text) => void,
  change: (state: CourseState) => CourseState,
): Promise<CourseState> {
  await checkIsFile(path)
  await mkdir(dirname(path), { recursive: true })
  const release = await lockfile.lock(path, {
    realpath: false, // the file need not exist yet
    stale: 2000, // what a killed process leaves is in the way for no longer
    retries: { retries: 200, minTimeout: 10, maxTimeout: 100 },
  })
  try {
    const state = change(await loadState(path, warn))
    await writeFileAtomic(path, writeState(state))
    return state
  } finally {
    await release()
  }
}

async function unused(path: string): Promise<string> {
  for (let n = 1; ; n++) {
    const name = `${path}-${n}`
    if ((await stat(name).catch(absent)) === undefined) return name
  }
}

/** No such file is no error; anything else is. */
function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
