// Work that may wait: done in short turns between what the reader does.

/** Milliseconds of a turn, and before the first one. */
const TURN = 8
const PATIENCE = 60

const waiting = new Set<() => void>()
let timer: ReturnType<typeof setTimeout> | undefined

function work(): void {
  const end = performance.now() + TURN
  timer = undefined
  for (const task of waiting) {
    waiting.delete(task)
    task()
    if (performance.now() > end) break
  }
  if (waiting.size > 0) timer = setTimeout(work)
}

/** Does the task when there is time. @returns what calls it off */
export function whenIdle(task: () => void): () => void {
  waiting.add(task)
  timer ??= setTimeout(work, PATIENCE)
  return () => waiting.delete(task)
}
