import { say } from '../base/text.ts'
import { staticLayer } from '../layers/static/layer.ts'
import { traceLayer } from '../run/run.ts'
import { stepOf } from '../trace/query.ts'
import { lab } from './lab.ts'
import { type Mistake, shapeResult } from './mistake.ts'

export const paddingNotDynamics: Mistake = {
  name: 'padding-not-dynamics',
  title: {
    en: 'a smaller output laid to dynamic convolution; it is the padding',
    zh: '输出变小怪到动态卷积头上，其实是填充不同',
  },
  given: {},
  ways: [
    {
      code: `\
static = nn.Conv2d(C, out, k, padding=1)(x)  # the article's first example
dynamic = DynamicConv2d(C, out, k, K)(x)     # its second: padding 0`,
    },
    {
      code: `\
static = nn.Conv2d(C, out, k, padding=1)(x)
dynamic = DynamicConv2d(C, out, k, K, padding=1)(x)`,
    },
  ],
  asked: [],

  demonstrate() {
    const dynamic = [0, 1].map((padding) => lab({ padding }).output.shape)
    const trace = traceLayer(staticLayer, { padding: 1 })
    const usual = stepOf(trace, 'output').shape
    const [, , size] = trace.input.shape as [number, number, number]
    const unpadded = dynamic[0]![2] as number
    const k = trace.config.kernelSize[0] as number
    return {
      happens: {
        en: say`One output is ${usual[2] as number} wide, the other ${unpadded}. With the same padding both have the same shape.`,
        zh: say`一个输出宽 ${usual[2] as number}，另一个宽 ${unpadded}。填充一样时，两者形状也一样。`,
      },
      why: [
        {
          en: say`A kernel of ${k} has ${unpadded} places in ${size} values, and ${size} with a zero at each end: ${size} + ${2} x ${1} - ${k} + ${1} = ${usual[2] as number}. How the kernel came about, learnt or mixed, changes its values and never its size. The article compares padding ${1} with padding ${0}.`,
          zh: say`大小为 ${k} 的卷积核在 ${size} 个值里有 ${unpadded} 个位置；两端各补一个零就有 ${size} 个：${size} + ${2} x ${1} - ${k} + ${1} = ${usual[2] as number}。卷积核是学来的还是聚合来的，只影响数值，不影响大小。文章拿填充 ${1} 与填充 ${0} 相比。`,
        },
      ],
      findings: [
        {
          label: { en: 'static', zh: '普通卷积' },
          python: 'list(static.shape)',
          results: [shapeResult(usual), shapeResult(usual)],
        },
        {
          label: { en: 'dynamic', zh: '动态卷积' },
          python: 'list(dynamic.shape)',
          results: dynamic.map(shapeResult),
        },
      ],
    }
  },
}
