// The vendored digits, for tests.
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { parseDigits } from '../../src/experiments/data/digits.ts'

const file = new URL('../../src/experiments/data/vendored/digits.csv.gz', import.meta.url)

export const digitsFile = readFileSync(file)
export const digitSource = parseDigits(gunzipSync(digitsFile).toString())
