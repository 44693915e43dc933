// A mistake as JSON, schema 1:
//
//   schema   1
//   convlab  the program's version
//   mistake  its name
//   title    in words, as are `happens` and `why` (a list): the fields that follow the language
//   ways     { role: "written" | "also" | "repair", code }: Python, to run behind `setup`
//   claims   { python, results }: an expression, and what it gives behind each way, in their order:
//            { kind: "shape", shape }, { kind: "values", values }, { kind: "number", value },
//            { kind: "count", value } (whole), or { kind: "error", message }: PyTorch raises that,
//            in the way's code or in the expression
//   setup    Python that defines the names which the ways use; it needs torch alone
//   asked    { repository, number, kind }: threads
//
// The list of all is { schema, convlab, mistakes: [{ name, title }] }. Numbers are never rounded.
import type { Language } from '../../base/text.ts'
import type { ShownMistake } from '../../mistakes/index.ts'
import type { Mistake } from '../../mistakes/mistake.ts'
import { wordsOf } from '../../show/style.ts'

export interface MistakeJsonOptions {
  readonly version: string
  readonly language: Language
}

export function renderMistakesJson(
  mistakes: readonly Mistake[],
  { version, language }: MistakeJsonOptions,
): string {
  const list = mistakes.map(({ name, title }) => ({ name, title: title[language] }))
  return document({ schema: 1, convlab: version, mistakes: list })
}

export function renderMistakeJson(
  { name, title, ways, asked, happens, why, findings, setup }: ShownMistake,
  { version, language }: MistakeJsonOptions,
): string {
  const roleOf = (at: number) => (at === 0 ? 'written' : at === ways.length - 1 ? 'repair' : 'also')
  return document({
    schema: 1,
    convlab: version,
    mistake: name,
    title: title[language],
    happens: wordsOf(happens[language]),
    why: why.map((text) => wordsOf(text[language])),
    ways: ways.map(({ code }, at) => ({ role: roleOf(at), code })),
    claims: findings.map(({ python, results }) => ({ python, results })),
    setup,
    asked,
  })
}

function document(content: object): string {
  return `${JSON.stringify(content, null, 2)}\n`
}
