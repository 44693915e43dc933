// What V8 made of a source, kept in a file so that it need not be made again. V8 checks its own version
// and flags, but neither what the source says nor whether the file is whole: a checksum of both does,
// or the bytecode is not run.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Script } from 'node:vm'
import { crc32 } from 'node:zlib'

/** Bytes of the checksum. It stands last, since V8 copies bytecode that does not start a block. */
const CHECKSUM = 4

/** The file for this Node's bytecode in a folder. */
export function bytecodeFile(folder: string): string {
  const { platform, arch, versions } = process
  return join(folder, `core-${platform}-${arch}-${versions.v8}.bytecode`)
}

/** The bytecode in a file; undefined if there is none, or not this source's, or it is damaged. */
export function readBytecode(file: string, source: string): Buffer | undefined {
  try {
    if (!existsSync(file)) return undefined // an error takes long to make
    const bytes = readFileSync(file)
    const bytecode = bytes.subarray(0, -CHECKSUM)
    return checksum(bytecode, source) === bytes.readUInt32LE(bytecode.length) ? bytecode : undefined
  } catch {
    return undefined
  }
}

/**
 * Keeps what V8 has made of the source so far. Other readers see the old file or the new one. Whoever
 * cannot write there starts as they did.
 */
export function keepBytecode(file: string, source: string, script: Script): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
    const unfinished = `${file}.${process.pid}`
    writeFileSync(unfinished, '') // before V8 has the work
    try {
      const bytecode = script.createCachedData()
      const last = Buffer.alloc(CHECKSUM)
      last.writeUInt32LE(checksum(bytecode, source))
      writeFileSync(unfinished, Buffer.concat([bytecode, last]))
      renameSync(unfinished, file)
    } finally {
      rmSync(unfinished, { force: true })
    }
  } catch {}
}

const checksum = (bytecode: Buffer, source: string) => crc32(bytecode, crc32(source))
