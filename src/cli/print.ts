import type { EventEmitter } from 'node:events'
import { once } from 'node:events'
import type { Output } from './settings.ts'

/**
 * Writes piece by piece, never faster than the reader takes them, and lets signals through in
 * between.
 */
export async function print(output: Output, pieces: Iterable<string>): Promise<void> {
  let written = 0
  for (const piece of pieces) {
    if (!output.write(piece)) await once(output as Output & EventEmitter, 'drain')
    written += piece.length
    if (written > TURN) {
      written = 0
      await new Promise(setImmediate)
    }
  }
}

/** Characters written before other events get their turn. */
const TURN = 2 ** 20
