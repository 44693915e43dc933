import { type ConfigOf, count } from '../../base/options.ts'
import { kernelsOption, temperatureOption } from '../experts.ts'
import { biasOption, geometryOptions } from '../geometry-options.ts'

export const options = {
  ...geometryOptions(0),
  ...biasOption,
  ...kernelsOption,
  hidden: count({
    help: { en: 'hidden width of the attention', zh: '注意力分支的隐藏层宽度' },
    fallback: ({ kernels }) => kernels as number,
    fallbackText: { en: 'K', zh: 'K' },
    brief: (hidden, { kernels }) =>
      hidden === kernels ? undefined : { en: `hidden ${hidden}`, zh: `隐藏层 ${hidden}` },
  }),
  ...temperatureOption({ en: 'temperature of the softmax', zh: 'softmax 的温度' }),
}

export type DynamicConfig = ConfigOf<typeof options>
