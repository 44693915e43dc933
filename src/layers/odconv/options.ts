import { type ConfigOf, count } from '../../base/options.ts'
import { kernelsOption, temperatureOption } from '../experts.ts'
import { geometryOptions } from '../geometry-options.ts'

export const options = {
  ...geometryOptions(1),
  ...kernelsOption,
  reduction: count({
    help: {
      en: 'the attention is input channels / n wide, and 16 at least',
      zh: '注意力分支的宽度：输入通道数 / n，但不少于 16',
    },
    fallback: 16,
    brief: (reduction) =>
      reduction === 16 ? undefined : { en: `reduction ${reduction}`, zh: `压缩比 ${reduction}` },
  }),
  ...temperatureOption({ en: 'temperature of every attention', zh: '四种注意力共用的温度' }),
}

export type ODConvConfig = ConfigOf<typeof options>
