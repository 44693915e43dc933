// Work that may wait: done in short turns between what the reader does.

/** Milliseconds of a turn, and before the first one. */
const TURN = 8
const PATIENCE = 60

const waiting = new Set<() => void>()
let busy = false

function work(): void {
  const end = performance.now() + TURN
  for (const task of waiting) {
    waiting.delete(task)
    task()
    if (performance.now() > end) break
  }
  busy = waiting.size > 0
  if (busy) setTimeout(work)
}

/**
 * Does the task when there is time.
 * @returns what calls it off
 */
export function whenIdle(task: () => void): () => void {
  waiting.add(task)
  if (!busy) setTimeout(work, PATIENCE)
  busy = true
  return () => waiting.delete(task)
}
