import { join } from 'node:path'

/** The program. */
export const convlab = join(import.meta.dirname, '../../../bin/convlab.js')
