// The control block that a worker shares with the thread that gives it tasks: words that both wait on, since
// a message takes longer than a small convolution, and behind them the reason why a task failed.

export const SUBMITTED = 0 // how many tasks there have been
export const COMPLETED = 1 // and how many are done
export const TASK = 2 // which one is asked for
export const NEW_KERNELS = 3 // 1 if its kernels are others than before
const FAILURE = 4 // bytes of the reason why one failed; 0 if none has
const WORDS = 5
const REASON_BYTES = 1024

export function createControlBlock(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(WORDS * Int32Array.BYTES_PER_ELEMENT + REASON_BYTES))
}

/** Spins so often before it sleeps: for a quarter of a millisecond. */
const SPINS = 20000

/** Waits until the word has that value no more: for a moment wide awake, then asleep. */
export function awaitChange(control: Int32Array, word: number, value: number): void {
  for (let spin = 0; spin < SPINS; spin++) if (Atomics.load(control, word) !== value) return
  Atomics.wait(control, word, value)
}

/** Keeps what was thrown, to be read by the thread that waits; a long reason loses its end. */
export function recordFailure(control: Int32Array, error: unknown): void {
  const reason = reasonIn(control)
  const bytes = new Uint8Array(reason.length) // text is not encoded into shared memory
  const { written } = new TextEncoder().encodeInto(String(error), bytes)
  reason.set(bytes)
  Atomics.store(control, FAILURE, written)
}

/** Why a task failed, if one has. */
export function failureIn(control: Int32Array): string | undefined {
  const length = Atomics.load(control, FAILURE)
  return length > 0 ? new TextDecoder().decode(reasonIn(control).slice(0, length)) : undefined
}

function reasonIn({ buffer }: Int32Array): Uint8Array {
  return new Uint8Array(buffer, WORDS * Int32Array.BYTES_PER_ELEMENT, REASON_BYTES)
}
