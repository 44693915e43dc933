// What V8 made of the core, kept in a file so that it need not be made again. V8 checks its own version
// and flags, but of the source no more than its length, and not whether the file is whole. So the file
// names the source by the hash that the build computed, and holds everything twice: what is damaged
// differs. A checksum would say the same; reading Node's zlib for its crc32 takes ten times as long.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Script } from 'node:vm'

/** Characters of a SHA-256 in hexadecimal. A multiple of eight: V8 copies what is not aligned. */
const HASH = 64

/** The hash of a core, which stands in the comment that it begins with. */
function hashOf(core: string): string {
  const from = '// '.length
  return core.slice(from, from + HASH)
}

/** The file for this Node's bytecode in a folder. */
export function bytecodeFile(folder: string): string {
  const { platform, arch, versions } = process
  return join(folder, `core-${platform}-${arch}-${versions.v8}.bytecode`)
}

/** The bytecode in a file; undefined if there is none, or not this core's, or it is damaged. */
export function readBytecode(file: string, core: string): Buffer | undefined {
  try {
    if (!existsSync(file)) return undefined // an error takes long to make
    const bytes = readFileSync(file)
    const copy = bytes.subarray(0, bytes.length / 2)
    const good =
      copy.equals(bytes.subarray(copy.length)) && copy.toString('latin1', 0, HASH) === hashOf(core)
    return good ? copy.subarray(HASH) : undefined
  } catch {
    return undefined
  }
}

/**
 * Keeps what V8 has made of the core so far. Other readers see the old file or the new one. Whoever
 * cannot write there starts as they did.
 */
export function keepBytecode(file: string, core: string, script: Script): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
    const unfinished = `${file}.${process.pid}`
    writeFileSync(unfinished, '') // before V8 has the work
    try {
      const copy = [Buffer.from(hashOf(core)), script.createCachedData()]
      writeFileSync(unfinished, Buffer.concat([...copy, ...copy]))
      renameSync(unfinished, file)
    } finally {
      rmSync(unfinished, { force: true })
    }
  } catch {}
}
