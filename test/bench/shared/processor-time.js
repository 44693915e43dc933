// How long something takes the processor: other programs take turns with ours, and do not count.

/** What is measured has run for so many milliseconds before, until V8 has compiled it. */
const WARM = 100

/**
 * @param runs functions to be timed, in turn, so that a slow moment is slow for all of them
 * @param least milliseconds that a measurement lasts, by as many runs as that takes
 * @returns for each of them the milliseconds of a run, once a round
 */
export function processorTimesInTurn(runs, rounds, least = 2) {
  const repeats = runs.map((run) => repeatsOf(run, least))
  const times = runs.map(() => [])
  for (let round = 0; round < rounds; round++)
    for (const [at, run] of runs.entries()) times[at].push(timed(run, repeats[at]))
  return times
}

function timed(run, repeats) {
  const started = now()
  for (let repeat = 0; repeat < repeats; repeat++) run()
  return (now() - started) / repeats
}

/** How often to run it for one measurement, after it has been compiled. */
function repeatsOf(run, least) {
  const started = now()
  let count = 0
  do {
    run()
    count++
  } while (now() - started < WARM)
  return Math.ceil((count * least) / (now() - started))
}

function now() {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
