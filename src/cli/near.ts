// The name that was probably meant.

/** Names that few typing slips lead to from what was given, nearest first; at most three. */
export function near(given: string, names: readonly string[]): string[] {
  const slipsAllowed = Math.max(2, Math.floor(given.length / 3))
  const asPart = (name: string) => given.length > 2 && name.includes(given)
  return names
    .map((name) => ({ name, slips: asPart(name) ? 0 : slips(given, name) }))
    .filter((each) => each.slips <= slipsAllowed)
    .sort((a, b) => a.slips - b.slips)
    .slice(0, 3)
    .map(({ name }) => name)
}

/** How many letters must be put in, left out or replaced to get from one word to the other. */
function slips(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, at) => at)
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1]
    for (let j = 0; j < to.length; j++) {
      const replaced = (row[j] as number) + (letter === to[j] ? 0 : 1)
      next.push(Math.min(replaced, (row[j + 1] as number) + 1, (next[j] as number) + 1))
    }
    row = next
  }
  return row.at(-1) as number
}

/** What to say behind an unknown name: the near ones, else all. */
export function suggestion(given: string, names: readonly string[]): { en: string; zh: string } {
  const close = near(given, names)
  if (close.length > 0)
    return { en: `did you mean ${close.join(' or ')}?`, zh: `是不是 ${close.join(' 或 ')}？` }
  return { en: `expected one of ${names.join(', ')}`, zh: `可用的有 ${names.join('、')}` }
}
