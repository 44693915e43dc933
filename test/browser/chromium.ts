// The browser that the page is tested in, and a page of a report in it.
import { pathToFileURL } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { findChromium } from './find-chromium.js'

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] })
}

export interface Visit {
  readonly page: Page
  /** console messages, errors, and requests for anything but the page itself */
  readonly complaints: string[]
}

/** Opens a file as a reader does who double-clicks it. */
export async function visit(
  browser: Browser,
  path: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const url = pathToFileURL(path).href
  const complaints: string[] = []
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`))
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`))
  page.on('request', (request) => {
    if (request.url() !== url) complaints.push(`request: ${request.url()}`)
  })
  await page.goto(url)
  await page.waitForSelector('h1')
  return { page, complaints }
}
