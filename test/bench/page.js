// npm run bench -- page [--runs N]
//
// How long a saved page takes to open in Chromium, from the call to the first picture, and to answer
// a slider, from the event to the frame that shows it. CHROMIUM names the browser's program.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'
import { findChromium } from '../browser/find-chromium.js'

const pages = ['dynamic', 'dynamic --in 64 --out 64 --size 56 --padding 1']

/** Prints the page. */
export async function run(args) {
  const options = { runs: { type: 'string', default: '10' } }
  const runs = Number(parseArgs({ args, options }).values.runs)
  const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] })
  const folder = mkdtempSync(join(tmpdir(), 'convlab-bench-'))
  console.log(`${'ms'.padEnd(52)}  median    95 %     max`)
  try {
    for (const flags of pages) await measure(browser, flags, join(folder, 'page.html'), runs)
  } finally {
    rmSync(folder, { recursive: true })
    await browser.close()
  }
}

async function measure(browser, flags, path, runs) {
  const program = join(import.meta.dirname, '../../bin/convlab.js')
  execFileSync(process.execPath, [program, ...flags.split(' '), '--force', '--save', path])
  console.log(`convlab ${flags}: ${(statSync(path).size / 2 ** 20).toFixed(2)} MiB`)
  const opening = []
  let page
  for (let n = 0; n < runs; n++) {
    await page?.close()
    page = await browser.newPage({ viewport: { width: 1600, height: 1000 } })
    const started = performance.now()
    await page.goto(pathToFileURL(path).href)
    await page.waitForSelector('.pick canvas')
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(drawn)))
    opening.push(performance.now() - started)
  }
  line('open', opening)
  await page.waitForTimeout(2000) // until the small pictures are there
  for (const [name, slider, steps] of [
    ['temperature', '#temperature', [-0.8, 1.7]],
    ['attention', '#weight-attention-1', [0.1, 0.9]],
  ])
    line(`answer the ${name} slider`, await page.evaluate(answers, [slider, steps, 3 * runs]))
}

/** Runs in the page: times from an input event to the frame behind it, as a hand drags. */
async function answers([slider, [low, high], count]) {
  const input = document.querySelector(slider)
  const times = []
  for (let n = 0; n < count; n++) {
    await new Promise((next) => setTimeout(next, 120))
    const started = performance.now()
    input.value = String(low + ((high - low) * n) / count)
    input.dispatchEvent(new Event('input', { bubbles: true }))
    await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))
    times.push(performance.now() - started)
  }
  return times
}

function line(name, values) {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (part) => sorted[Math.floor(part * (sorted.length - 1))].toFixed(0).padStart(8)
  console.log(`  ${name.padEnd(50)}${at(0.5)}${at(0.95)}${at(1)}`)
}
