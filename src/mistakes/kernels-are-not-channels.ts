import { say } from '../base/text.ts'
import { lab } from './lab.ts'
import { count, type Mistake, shapeResult } from './mistake.ts'

const WANTED = 8
const behind = `
y = new(x)
parameters = sum(p.numel() for p in new.parameters())`

export const kernelsAreNotChannels: Mistake = {
  name: 'kernels-are-not-channels',
  title: {
    en: 'K taken for the number of output channels',
    zh: '把 K 当成输出通道数',
  },
  given: {},
  ways: [
    {
      code: `new = DynamicConv2d(3, 16, 3, K=${WANTED})     # ${WANTED} output channels, please${behind}`,
    },
    { code: `new = DynamicConv2d(3, ${WANTED}, 3, K=4)${behind}` },
  ],
  asked: [{ repository: 'kaijieshi7/Dynamic-convolution-Pytorch', number: 26, kind: 'issue' }],
  more: 'sweep kernels',

  demonstrate() {
    const wrong = lab({ kernels: WANTED })
    const right = lab({ out: WANTED })
    const [, out] = wrong.output.shape as [number, number]
    const parameters = [wrong, right].map(({ trace }) => trace.cost.parameters) as [number, number]
    return {
      happens: {
        en: say`PyTorch raises nothing. The output still has ${out} channels, and the layer ${parameters[0]} parameters where ${parameters[1]} would do.`,
        zh: say`PyTorch 不报错。输出仍是 ${out} 个通道，而参数有 ${parameters[0]} 个，本来 ${parameters[1]} 个就够。`,
      },
      why: [
        {
          en: say`K counts experts: K whole sets of kernels, each of out x in x k x k, of which attention makes one set. That set has out kernels, so out, not K, is the number of output channels.`,
          zh: say`K 数的是专家：共有 K 套完整的卷积核，每套 out x in x k x k，注意力再把它们聚合成一套。这一套里有 out 个卷积核，所以输出通道数是 out，不是 K。`,
        },
        {
          en: say`Here K = ${WANTED} mixes ${WANTED} sets of ${out} kernels into one set of ${out}.`,
          zh: say`这里 K = ${WANTED}，是把 ${WANTED} 套、每套 ${out} 个卷积核聚合成一套 ${out} 个。`,
        },
      ],
      findings: [
        {
          label: { en: 'weight', zh: '权重' },
          python: 'list(new.weight.shape)',
          results: [shapeResult(wrong.weight.shape), shapeResult(right.weight.shape)],
        },
        {
          label: { en: 'output', zh: '输出' },
          python: 'list(y.shape)',
          results: [shapeResult(wrong.output.shape), shapeResult(right.output.shape)],
        },
        {
          label: { en: 'parameters', zh: '参数' },
          python: 'parameters',
          results: parameters.map(count),
        },
      ],
    }
  },
}
