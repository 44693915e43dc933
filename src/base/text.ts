// The languages convlab speaks. Words for people are a Text: a missing language does not compile.

export const languages = ['en', 'zh'] as const
export type Language = (typeof languages)[number]

/** The same words in every language. */
export type Text = Readonly<Record<Language, string>>

/** What reads the same in every language: a formula, a name. */
export function inAll(text: string): Text {
  return { en: text, zh: text }
}

/** Words with numbers still in them: whoever shows a phrase rounds its numbers. */
export type Phrase = readonly (string | number)[]

/** Stands where there is no number to show: a hyphen, which every terminal draws one cell wide. */
export const NONE = '-'

/** The same phrase in every language. */
export type PhraseText = Readonly<Record<Language, Phrase>>

/** Tag for a template whose numbers stay numbers: say`std ${0.0612}` is ['std ', 0.0612]. */
export function say(words: TemplateStringsArray, ...values: (string | number)[]): Phrase {
  return words
    .flatMap((word, at) => [word, ...values.slice(at, at + 1)])
    .filter((part) => part !== '')
}
