// convlab lesson progress: what was reached, taken from machine to machine.
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { UsageError } from '../../../base/errors.ts'
import { merged } from '../../../course/course-state.ts'
import { readState, writeState } from '../../../course/state-format.ts'
import type { LessonStudy } from './study.ts'

/** @returns the exit code */
export async function progress(
  study: LessonStudy,
  what: 'export' | 'import' | 'path',
  [file]: readonly string[],
): Promise<number> {
  if (what === 'path') await study.say(study.path)
  else if (what === 'export') await study.say(writeState(await study.load()).trimEnd())
  else {
    const text = await readFile(resolve(file as string), 'utf8').catch(() => '')
    const read = readState(text)
    if (!('state' in read)) throw notProgress(file as string, read.fault)
    await study.change((known) => merged(known, read.state))
    await study.say(
      study.style.say({
        en: 'Added. Nothing that was reached here or there is lost.',
        zh: '已并入，两边取得的进度都保留。',
      }),
    )
  }
  return 0
}

function notProgress(file: string, fault: 'newer' | 'corrupt'): UsageError {
  return fault === 'newer'
    ? new UsageError({
        en: `${file} was written by a newer convlab: update convlab to import it`,
        zh: `${file} 由更新版本的 convlab 写成：请升级 convlab 后再导入`,
      })
    : new UsageError({
        en: `${file}: expected a file made by convlab lesson progress export`,
        zh: `${file}：应为 convlab lesson progress export 导出的文件`,
      })
}
