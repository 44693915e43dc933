// Files and folders that may be meant by what is typed.
import { readdirSync } from 'node:fs'

/**
 * Files and folders whose path begins as the one that is being typed. What a lone folder holds is
 * added, so that the shell goes on behind it instead of ending the word there.
 */
export function filesFor(typed: string): string[] {
  const found = entriesFor(typed)
  const [only = ''] = found
  return found.length === 1 && only.endsWith('/') ? [only, ...entriesFor(only)] : found
}

function entriesFor(typed: string): string[] {
  const end = typed.lastIndexOf('/') + 1
  const [folder, start] = [typed.slice(0, end), typed.slice(end)]
  try {
    return readdirSync(folder || '.', { withFileTypes: true })
      .filter(({ name }) => name.startsWith(start) && (start !== '' || !name.startsWith('.')))
      .map((entry) => folder + entry.name + (entry.isDirectory() ? '/' : ''))
  } catch {
    return [] // no such folder: nothing to suggest
  }
}
