import type { ConfigOf } from '../../base/options.ts'
import { biasOption, geometryOptions } from '../geometry-options.ts'

export const options = { ...geometryOptions(1), ...biasOption }

export type StaticConfig = ConfigOf<typeof options>
