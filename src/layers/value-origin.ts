// Where a layer's numbers come from: nothing that was drawn a moment ago is called learnt.
import type { Text } from '../base/text.ts'
import type { Trace } from '../trace/trace.ts'

/** How nn.Conv2d, and every layer here that does as it does, draws its first values. */
export const likeConv2d: Text = { en: 'as nn.Conv2d starts', zh: '与 nn.Conv2d 的初始化相同' }

/** A sentence on the numbers of a step that shows parameters, as this run has them. */
export function originText({ weights }: Trace, drawn: Text): Text {
  if (weights)
    return {
      en: `These numbers come from ${weights.source}.`,
      zh: `这些数来自 ${weights.source}。`,
    }
  return {
    en: `These numbers are drawn at random, ${drawn.en}; training is what would change them.`,
    zh: `这些数是随机抽取的，${drawn.zh}；训练改变的就是它们。`,
  }
}
