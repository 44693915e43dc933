// The vendored digits, for tests.
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { parseDigits } from '../../src/training/data/digit-images.ts'

const file = new URL('../../src/training/data/vendored/digits.csv.gz', import.meta.url)

export const digitsFile = readFileSync(file)
export const digitSource = parseDigits(gunzipSync(digitsFile).toString())
