// What a page carries: what to run, what cannot be drawn from the seed, and what was checked.
import type { Language } from '../../base/text.ts'
import type { Plan } from '../../run/plan.ts'
import type { Provided } from '../../run/provided.ts'
import type { Engine } from '../../tensor/engine/index.ts'
import type { CheckResult } from '../../trace/checks/check-claims.ts'
import { writeNonFinite } from '../non-finite.ts'

export interface Payload {
  /** of the program that wrote the page */
  readonly version: string
  /** that the page opens in */
  readonly language: Language
  /** the layer's name */
  readonly layer: string
  /** everything that was set, as `planRun` takes it */
  readonly given: Readonly<Record<string, unknown>>
  readonly provided: Provided
  /** what computed the run */
  readonly engine: Engine
  /** by step, on the run as it was saved */
  readonly claims: Readonly<Record<string, readonly CheckResult[]>>
}

/** The id of the element that holds it. */
export const PAYLOAD = 'run'

/** The part of a payload that a plan decides: the page draws the same run from it. */
export function givenBy(plan: Plan): Pick<Payload, 'given' | 'provided'> {
  const { config, run, provided, assumesTemperature } = plan
  // what nobody has named stays so in the page, which says it
  const unnamed = assumesTemperature ? { temperature: undefined } : {}
  return { given: { ...config, ...run, seed: String(run.seed), ...unnamed }, provided }
}

/** The key that marks an array of float32 values, written as base64 of their bytes. */
const FLOAT32 = 'float32 in base64'

/**
 * JSON that may stand inside a script element: it holds no `<`, so that no text can end the
 * element or open another.
 */
export function encodePayload(payload: Payload): string {
  return JSON.stringify(payload, (key, value: unknown) =>
    value instanceof Float32Array ? { [FLOAT32]: base64Of(value) } : writeNonFinite(key, value),
  ).replaceAll('<', '\\u003c')
}

export function decodePayload(json: string): Payload {
  return JSON.parse(json, (_key, value) =>
    typeof value?.[FLOAT32] === 'string' ? float32Of(value[FLOAT32]) : value,
  )
}

/** Characters that become one argument each; more would not fit on the stack. */
const PIECE = 2 ** 13

/** Little-endian, as the machines are that this runs on, and as the readers of files assume. */
function base64Of({ buffer, byteOffset, byteLength }: Float32Array): string {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength)
  let binary = ''
  for (let start = 0; start < byteLength; start += PIECE)
    binary += String.fromCharCode(...bytes.subarray(start, start + PIECE))
  return btoa(binary)
}

function float32Of(base64: string): Float32Array {
  return new Float32Array(Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0)).buffer)
}
