import type { ConfigOf } from '../../base/options.ts'
import { kernelsOption, temperatureOption } from '../experts.ts'
import { geometryOptions } from '../geometry.ts'

export const options = {
  ...geometryOptions(1),
  ...kernelsOption,
  ...temperatureOption({ en: 'temperature of every attention', zh: '四种注意力共用的温度' }),
}

export type ODConvConfig = ConfigOf<typeof options>
