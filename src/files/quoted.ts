/** What stands in a file, fit for a message of one line: short, and printable ASCII alone. */
export function quoted(given: string): string {
  const short = given.length > 60 ? `${given.slice(0, 60)}...` : given.trim()
  return JSON.stringify(short.replace(/[^ -~]/g, '?'))
}
