// report.html in Chromium: it asks nothing of the network, and its numbers are the program's.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decimal } from '../../src/base/format.ts'
import type { Language } from '../../src/base/text.ts'
import { writeNpy } from '../../src/files/npy.ts'
import { layers } from '../../src/layers/index.ts'
import { manualSeed } from '../../src/random/generator.ts'
import { traceLayer } from '../../src/run/run.ts'
import type { Trace } from '../../src/trace/trace.ts'
import { windowStep } from '../../src/trace/window.ts'
import { convlab } from '../commands/run.ts'
import { temporaryFolder } from '../folder.ts'
import { launch, visit } from './chromium.ts'

/** A run of little work. */
const small = '--in 4 --out 6 --groups 2 --size 9x7 --batch 2 --input varied --padding 1'
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8')
const folder = temporaryFolder()
let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser?.close())

/** A report of the run that these flags give. */
async function report(args: string, name = 'report.html'): Promise<string> {
  const path = join(folder, name)
  const { code, stderr } = await convlab([...args.split(' '), '--force', '--save', path])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return path
}

/** Exact numbers that the page holds. */
function numbers(page: Page, selector: string): Promise<number[]> {
  return page
    .locator(selector)
    .evaluateAll((all) => all.map((each) => Number((each as HTMLDataElement).value)))
}

/** Points at ten output values, and holds their sums to the trace. */
async function pointAtTen(page: Page, trace: Trace, sample: number): Promise<void> {
  const output = page.locator('.pick')
  await output.scrollIntoViewIfNeeded()
  const [, , rows = 0, columns = 0] = trace.steps.at(-1)!.shape
  const draws = manualSeed(7).rand(20)
  for (let n = 0; n < 10; n++) {
    const [row, column] = [
      Math.floor(draws[2 * n]! * rows),
      Math.floor(draws[2 * n + 1]! * columns),
    ]
    const box = (await output.boundingBox())!
    await page.mouse.move(
      box.x + ((column + 0.5) / columns) * box.width,
      box.y + ((row + 0.5) / rows) * box.height,
    )
    const at = [sample, 0, row, column] as const
    await page.waitForSelector(`.window[data-at="${at}"]`)
    const window = windowStep(trace, at)!
    const shown = window.sums.slice(0, 4)
    expect(await numbers(page, '.window .sum')).toEqual(shown)
    expect(await numbers(page, '.window .result')).toEqual([window.total])
    expect(await page.locator('.window .sum').allTextContents()).toEqual(
      shown.map((sum) => decimal(sum)),
    )
  }
}

describe.each(Object.values(layers))('$name', (layer) => {
  const given = {
    in: 4,
    out: 6,
    groups: 2,
    size: '9x7',
    batch: 2,
    input: 'varied',
    padding: 1,
  }

  test('opens in silence; pointing at the output shows the sums of the trace', async () => {
    const path = await report(`${layer.name} ${small}`)
    const { page, complaints } = await visit(browser, path)
    const trace = traceLayer(layer, given)
    await pointAtTen(page, trace, 0)
    await page.locator('.picker select').first().selectOption('1')
    await pointAtTen(page, trace, 1)
    expect(await page.locator('.card h3').allTextContents()).toEqual(
      trace.steps.map(({ title }) => title.en),
    )
    expect(complaints).toEqual([])
  })

  test.runIf('temperature' in layer.options)(
    'the slider gives what --temperature gives',
    async () => {
      const { page } = await visit(browser, await report(`${layer.name} ${small}`))
      for (const power of ['-0.7', '0.52', '1.48']) {
        await page.locator('#temperature').fill(power)
        const temperature = await page.locator('.exact').inputValue()
        expect(Math.abs(Math.log10(Number(temperature)) - Number(power))).toBeLessThan(0.01)
        const { stdout } = await convlab(
          `${layer.name} ${small} --temperature ${temperature} --json --values`,
        )
        for (const { id, kind, shape, values } of JSON.parse(stdout).steps)
          if (kind === 'weights')
            expect(await numbers(page, `[data-step="${id}"] data`)).toEqual(
              values.slice(0, Math.min(16, values.length / shape[0])).map(Math.fround),
            )
      }
      const other = await page.locator('.exact').inputValue()
      await pointAtTen(page, traceLayer(layer, { ...given, temperature: other }), 0)
      await page.locator('.reset').click()
      await pointAtTen(page, traceLayer(layer, given), 0)
    },
  )
})

test('attention set by hand goes on summing to 1, and changes the output', async () => {
  const { page, complaints } = await visit(browser, await report('dynamic -K 3'))
  const before = await numbers(page, '.window .result')
  await page.locator('#weight-attention-1').fill('0.9')
  const weights = await numbers(page, '[data-step="attention"] data')
  expect(weights[1]).toBe(Math.fround(0.9))
  expect(weights.reduce((sum, weight) => sum + weight)).toBeCloseTo(1, 6)
  expect(await numbers(page, '.window .result')).not.toEqual(before)
  await page.locator('.reset').click()
  expect(await numbers(page, '.window .result')).toEqual(before)
  expect(complaints).toEqual([])
})

test('the arrow keys move to the next output value', async () => {
  const { page } = await visit(browser, await report('static'))
  await page.locator('.pick').focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowUp')
  expect(await page.locator('.window').getAttribute('data-at')).toBe('0,0,9,11')
  await page.locator('.gallery button[aria-label="channel 3"]').press('Enter')
  expect(await page.locator('.window').getAttribute('data-at')).toBe('0,3,9,11')
})

test('a tap on the output works its value out', async () => {
  const touch = { hasTouch: true, viewport: { width: 360, height: 800 } }
  const { page } = await visit(browser, await report('dynamic --size 12 --seed 4'), touch)
  const output = page.locator('.pick')
  await output.scrollIntoViewIfNeeded()
  const { width, height } = (await output.boundingBox())!
  await output.tap({ position: { x: (width * 7.5) / 10, y: (height * 2.5) / 10 } })
  expect(await page.locator('.window').getAttribute('data-at')).toBe('0,0,2,7')
  const trace = traceLayer(layers.dynamic, { size: 12, seed: 4 })
  expect(await numbers(page, '.window .result')).toEqual([windowStep(trace, [0, 0, 2, 7])?.total])
})

test('a page carries the input and the weights that were given', async () => {
  const values = manualSeed(3).randn(2 * 3 * 6 * 5)
  const input = join(folder, 'x.npy')
  const weights = join(folder, 'w.safetensors')
  writeFileSync(input, Buffer.concat([...writeNpy({ shape: [2, 3, 6, 5], values })].map(bytesOf)))
  await convlab(`dynamic --seed 9 --temperature 3 --save ${weights}`)
  const flags = `dynamic --input ${input} --weights ${weights}`
  const { page, complaints } = await visit(browser, await report(flags))
  const { stdout } = await convlab(`${flags} --at 0,0,2,2 --json`)
  const window = JSON.parse(stdout).steps.at(-1)
  await page.locator('.picker input').nth(0).fill('2')
  await page.locator('.picker input').nth(1).fill('2')
  expect(await numbers(page, '.window .result')).toEqual([Math.fround(window.total)])
  expect(complaints).toEqual([])
})

test('a page says where its numbers come from, and that a temperature was named by nobody', async () => {
  const drawn = (await visit(browser, await report('condconv --size 6'))).page
  const cards = await drawn.locator('.steps').innerText()
  expect(cards).toContain('drawn at random')
  expect(cards).not.toMatch(/learnt|exp\([^)]*\/ 1\)/)

  const weights = join(folder, 'w.npz')
  await convlab(`odconv --temperature 3 --save ${weights}`)
  const flags = `odconv --size 6 --weights ${weights}`
  const { page } = await visit(browser, await report(flags))
  expect(await page.locator('.steps').innerText()).toContain(`These numbers come from ${weights}`)
  expect(await page.locator('header').innerText()).toContain('names no temperature, so T = 1')
  const worked = await page.locator('#step-kernel-attention .worked').allInnerTexts()
  expect(worked).toHaveLength(2)
  expect(worked[1]?.match(/exp\(/g)).toHaveLength(5)
  const named = (await visit(browser, await report(`${flags} -T 1`))).page
  expect(await named.locator('header').innerText()).not.toContain('names no temperature')
})

function bytesOf(piece: Uint8Array | string): Uint8Array {
  return typeof piece === 'string' ? new TextEncoder().encode(piece) : piece
}

test('names of files are words, never elements or programs', async () => {
  const hostile = join(folder, '<', 'script><img src=x onerror=document.title=1>.npy')
  mkdirSync(join(folder, '<'))
  const values = manualSeed(3).randn(3 * 5 * 5)
  writeFileSync(hostile, Buffer.concat([...writeNpy({ shape: [3, 5, 5], values })].map(bytesOf)))
  const path = join(folder, 'hostile.html')
  expect((await convlab(['static', '--input', hostile, '--save', path])).code).toBe(0)
  const { page, complaints } = await visit(browser, path)
  expect(await page.locator('.brief').nth(1).textContent()).toContain(hostile)
  expect(await page.locator('img').count()).toBe(0)
  expect(await page.title()).toBe(layers.static.title.en)
  expect(complaints).toEqual([])
})

test('the policy lets no other script run, and nothing else be loaded', async () => {
  const { page } = await visit(browser, await report('static'))
  const refused = await page.evaluate(async () => {
    const directives: string[] = []
    document.addEventListener('securitypolicyviolation', (event) => {
      directives.push(event.effectiveDirective)
    })
    const script = document.createElement('script')
    script.textContent = 'document.title = "ran"'
    document.body.append(script)
    const image = new Image()
    const outcome = new Promise((done) => {
      image.onload = () => done('loaded')
      image.onerror = () => done('refused')
    })
    image.src = 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAAC'
    await outcome
    return directives
  })
  expect(refused).toEqual(['script-src-elem', 'img-src'])
  expect(await page.title()).toBe(layers.static.title.en)
})

describe("where a page's policy forbids WebAssembly", () => {
  test('a report computes by definition, to the numbers of --engine reference', async () => {
    const path = await report(`odconv ${small}`)
    const html = readFileSync(path, 'utf8')
    expect(html).toContain(" 'wasm-unsafe-eval'")
    writeFileSync(path, html.replace(" 'wasm-unsafe-eval'", ''))
    const { page, complaints } = await visit(browser, path)
    const { stdout } = await convlab(`odconv ${small} --at 0,0,2,2 --engine reference --json`)
    await page.locator('.picker input').nth(0).fill('2')
    await page.locator('.picker input').nth(1).fill('2')
    const window = JSON.parse(stdout).steps.at(-1)
    expect(await numbers(page, '.window .result')).toEqual([Math.fround(window.total)])
    expect(complaints.filter((each) => each.startsWith('error:'))).toEqual([])
  })

  test('the library does so as well, and says it', async () => {
    const library = readFileSync(new URL('../../dist/index.js', import.meta.url), 'utf8')
    const use = "document.title = JSON.stringify(runLayer('dynamic', { batch: 2 }).engine)"
    const engineUnder = async (permission: string) => {
      const script = `${library.replaceAll('</', '<\\/')}\n${use}\n`
      const hash = createHash('sha256').update(script).digest('base64')
      const policy = `default-src 'none'; script-src 'sha256-${hash}'${permission}`
      const path = join(folder, 'library.html')
      const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}">`
      writeFileSync(
        path,
        `<meta charset="utf-8">${meta}<h1>x</h1><script type="module">${script}</script>`,
      )
      const { page, complaints } = await visit(browser, path)
      expect(complaints.filter((each) => each.startsWith('error: '))).toEqual([])
      return JSON.parse(await page.title()).name
    }
    expect(await engineUnder('')).toBe('reference')
    expect(await engineUnder(" 'wasm-unsafe-eval'")).toBe('wasm')
  })
})

const sights = (['light', 'dark'] as const).flatMap((colorScheme) =>
  (['en', 'zh'] as const).flatMap((language) =>
    [360, 1600].map((width) => ({ colorScheme, language, width })),
  ),
)

describe.each(sights)('$width px, $language, $colorScheme', ({ colorScheme, language, width }) => {
  test('nothing is cut off, and nobody is shut out', async () => {
    const path = await report('odconv --in 4 --out 6 -k 5x7 --batch 2 --input varied')
    const viewport = { width, height: 900 }
    const { page, complaints } = await visit(browser, path, { colorScheme, viewport })
    await speak(page, language)
    const wide = () => page.evaluate(() => document.documentElement.scrollWidth)
    expect(await wide()).toBe(width)
    await page.locator('details').evaluateAll((all) => {
      for (const each of all) each.setAttribute('open', '')
    })
    expect(await wide()).toBe(width)
    const pictures = process.env.SCREENSHOTS // a folder, for whoever wants to look
    if (pictures)
      await page.screenshot({
        path: join(pictures, `${width}-${language}-${colorScheme}.png`),
        fullPage: true,
      })
    expect(complaints).toEqual([])

    expect(await violations(page)).toEqual([])
  })
})

async function speak(page: Page, language: Language): Promise<void> {
  await page.locator(`button[lang=${language}]`).click()
  expect(await page.locator('h1').textContent()).toBe(layers.odconv.title[language])
  expect(await page.locator('html').getAttribute('lang')).toBe(language)
  expect(await page.title()).toBe(layers.odconv.title[language])
}

/** What axe finds that is serious or worse. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const { violations } = (await page.evaluate('axe.run()')) as {
    violations: { id: string; impact: string; nodes: { html: string }[] }[]
  }
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

test('on paper it is light, and without what cannot be used there', async () => {
  const path = await report('dynamic')
  const { page } = await visit(browser, path, { colorScheme: 'dark' })
  const brightness = () =>
    page.locator('.pick canvas').evaluate((canvas: HTMLCanvasElement) => {
      const pixels = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height).data
      return pixels.reduce((sum, part) => sum + part, 0) / pixels.length
    })
  const dark = await brightness()
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  expect(await page.locator('.controls').isVisible()).toBe(false)
  expect(await page.locator('.window').isVisible()).toBe(true)
  await expect.poll(brightness).toBeGreaterThan(dark + 20)
  expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(10_000)
})
