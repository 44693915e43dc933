// Files on disk: what can go wrong with them, said in one line.
import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { UsageError } from '../base/errors.ts'
import type { Text } from '../base/text.ts'
import { largestFile } from '../files/limits.ts'
import type { ByteSource } from '../files/source.ts'

/**
 * What `read` makes of a file's bytes.
 * @param flag the flag that names the file
 * @throws {UsageError} naming flag and file, if it cannot be read or `read` refuses it
 */
export function readBytes<T>(flag: string, path: string, read: (bytes: Uint8Array) => T): T {
  try {
    const { size } = statFile(path)
    if (size > largestFile) throw new UsageError(tooLong(size))
    return read(readFileSync(path))
  } catch (error) {
    throw named(`${flag} ${path}`, error)
  }
}

/**
 * As `readBytes`, but `read` takes of the file what it wants: its size alone is no reason to refuse.
 */
export function readParts<T>(flag: string, path: string, read: (source: ByteSource) => T): T {
  let file: number | undefined
  try {
    const { size } = statFile(path)
    const opened = openSync(path, 'r')
    file = opened
    return read({ size, read: (start, end) => bytesFrom(opened, start, end) })
  } catch (error) {
    throw named(`${flag} ${path}`, error)
  } finally {
    if (file !== undefined) closeSync(file)
  }
}

function bytesFrom(file: number, start: number, end: number): Uint8Array {
  const bytes = new Uint8Array(end - start)
  for (let got = 0; got < bytes.length; ) {
    const more = readSync(file, bytes, got, bytes.length - got, start + got)
    if (more === 0)
      throw new UsageError({
        en: 'it became shorter while it was read: try again',
        zh: '读取过程中文件变短了：请重试',
      })
    got += more
  }
  return bytes
}

/** Bytes of a file; 0 if it cannot be looked up, which is for whoever reads it to say. */
export function sizeOfFile(path: string): number {
  try {
    return statSync(path).size
  } catch {
    return 0
  }
}

/** Where a file is written before it is moved to its place: beside that, under this process's name. */
export function partOf(path: string): string {
  return join(dirname(path), `.${basename(path).slice(0, 100)}.${process.pid}.part`)
}

function statFile(path: string) {
  const stats = statSync(path)
  if (stats.isFile()) return stats
  throw new UsageError({ en: 'this is not a file: name one', zh: '不是文件：请指定一个文件' })
}

/** The same error with the file's name in front; a bug stays what it is. */
export function named(name: string, error: unknown): unknown {
  const text = error instanceof UsageError ? error.text : systemText(error as NodeJS.ErrnoException)
  if (text === undefined) return error
  const line = name.replace(/\p{Control}/gu, '?')
  return new UsageError({ en: `${line}: ${text.en}`, zh: `${line}：${text.zh}` })
}

function systemText({ code }: NodeJS.ErrnoException): Text | undefined {
  if (code === undefined) return undefined
  return texts[code] ?? { en: `the system says ${code}`, zh: `系统报错 ${code}` }
}

const texts: Readonly<Record<string, Text>> = {
  ENOENT: { en: 'no such file: check the path', zh: '没有这个文件：请检查路径' },
  ENOTDIR: {
    en: 'part of the path is not a folder: check the path',
    zh: '路径中间有一段不是文件夹：请检查路径',
  },
  EACCES: {
    en: 'permission denied: make it readable, or choose another place',
    zh: '没有权限：请修改权限，或换一个位置',
  },
  ENOSPC: { en: 'the disk is full: make room', zh: '磁盘已满：请腾出空间' },
  EROFS: { en: 'the disk is read-only: choose another place', zh: '磁盘只读：请换一个位置' },
  ENAMETOOLONG: { en: 'the name is too long: shorten it', zh: '名称太长：请改短' },
}

function tooLong(size: number): Text {
  return {
    en: `it is ${size} bytes long, expected at most ${largestFile}: leave out what is not needed`,
    zh: `文件有 ${size} 字节，上限是 ${largestFile}：请去掉用不到的内容`,
  }
}
