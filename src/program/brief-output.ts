import { EventEmitter } from 'node:events'
import { fstatSync, writeSync } from 'node:fs'
import type { Output } from '../cli/settings.ts'

/** Bytes that every pipe holds, so that writing them waits for no reader. */
const FEW = 8192

/**
 * An output for a pipe or a file. As long as little is written it goes there directly: Node loads its
 * streams when it is asked for one, and that takes longer than to write the page of a layer.
 */
export class BriefOutput extends EventEmitter implements Output {
  readonly #descriptor: number
  readonly #open: () => NodeJS.WriteStream
  #stream: NodeJS.WriteStream | undefined
  #room = FEW

  constructor(descriptor: number, open: () => NodeJS.WriteStream) {
    super()
    this.#descriptor = descriptor
    this.#open = open
  }

  /** Node's stream, through which everything goes from now on. */
  get stream(): NodeJS.WriteStream {
    this.#stream ??= this.#open().on('drain', () => this.emit('drain'))
    return this.#stream
  }

  write(text: string): boolean {
    this.#room -= Buffer.byteLength(text)
    if (this.#stream || this.#room < 0) return this.stream.write(text)
    const bytes = Buffer.from(text)
    const written = this.#writeNow(bytes)
    return written === bytes.length || this.stream.write(bytes.subarray(written))
  }

  /** @returns how many bytes are written */
  #writeNow(bytes: Buffer): number {
    try {
      return writeSync(this.#descriptor, bytes)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return 0 // its reader is behind
      throw error
    }
  }
}

/** Whether that is open for anything but a terminal, of which only Node knows how wide it is. */
export function isPlain(descriptor: number): boolean {
  try {
    return process.platform !== 'win32' && !fstatSync(descriptor).isCharacterDevice()
  } catch {
    return false
  }
}
