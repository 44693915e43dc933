import type { ConfigOf } from '../../base/options.ts'
import { kernelsOption } from '../experts.ts'
import { biasOption, geometryOptions } from '../geometry-options.ts'

export const options = { ...geometryOptions(1), ...biasOption, ...kernelsOption }

export type CondConvConfig = ConfigOf<typeof options>
