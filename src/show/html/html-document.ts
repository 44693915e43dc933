// A report as one HTML file: the page's program and styles, and the run that it shows. It asks
// nothing of the network, and its policy would not let it.
import { createHash } from 'node:crypto'
import type { Text } from '../../base/text.ts'
import { encodePayload, PAYLOAD, type Payload } from './payload.ts'

/** The built page: its program and its styles. */
export interface PageParts {
  readonly script: string
  readonly style: string
}

const needsScripts: Text = {
  en: 'This page computes what it shows: please allow its script to run.',
  zh: '本页的内容由脚本算出：请允许脚本运行。',
}

/**
 * The pieces of the file.
 * @param title of the layer, which is what the page is called until its program runs
 */
export function* renderHtml(
  payload: Payload,
  title: Text,
  { script, style }: PageParts,
): Generator<string> {
  const { language } = payload
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(script)}' 'wasm-unsafe-eval'`, // the engine is WebAssembly
    `style-src '${hashOf(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  yield `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="convlab ${escaped(payload.version)}">
<title>${escaped(title[language])}</title>
`
  yield `<style>${style}</style>
</head>
<body>
<noscript>${needsScripts.en}<br><span lang="zh">${needsScripts.zh}</span></noscript>
<div id="page"></div>
<script type="application/json" id="${PAYLOAD}">`
  yield encodePayload(payload)
  yield `</script>
<script>`
  yield script
  yield `</script>
</body>
</html>
`
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as HTML shows it, in an element or an attribute. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] as string)
}
