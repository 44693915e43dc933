import { say } from '../base/text.ts'
import { viewError } from '../layers/torch-errors.ts'
import { ops } from '../ops/index.ts'
import { reshape, tensor } from '../tensor/tensor.ts'
import { convolveWith, lab, largestDifference, mixKernels } from './lab.ts'
import { type Mistake, numberResult, raised, shapeResult } from './mistake.ts'

const rest = `
y = F.conv2d(x.view(1, -1, H, W), kernel, b, groups=B)
y = y.view(B, out, y.size(-2), y.size(-1))`
const kernel = `\
kernel = (attention @ weight.view(K, -1)).view(B * out, C, k, k)
`

export const wrongBiasView: Mistake = {
  name: 'wrong-bias-view',
  title: {
    en: 'mixed biases in the wrong number, or in the wrong order',
    zh: '聚合后的偏置个数不对，或顺序不对',
  },
  given: { batch: 2, input: 'varied' },
  ways: [
    { code: `${kernel}b = (attention @ bias).view(out)${rest}` },
    {
      code: `${kernel}b = (attention @ bias).t().reshape(-1)${rest}`,
      title: { en: 'Or as this', zh: '或写成这样' },
    },
    { code: `${kernel}b = (attention @ bias).view(-1)${rest}` },
  ],
  asked: [],

  demonstrate() {
    const bench = lab(wrongBiasView.given)
    const { attention, weight, bias, output, config } = bench
    const mixed = ops.matmul.forward([attention, bias], {})
    const [B, out] = mixed.shape as [number, number]
    const turned = mixed.data.map((_, at) => mixed.data[(at % B) * out + Math.floor(at / B)]!)
    const kernels = reshape(mixKernels(attention, weight), [
      B * out,
      config.in,
      ...config.kernelSize,
    ])
    const wrong = convolveWith(bench, kernels, tensor(turned, [B * out]))
    const difference = largestDifference(wrong, output)
    const refused = raised(viewError(mixed.shape, [out]))
    return {
      happens: {
        en: say`The first way raises. The second raises nothing, has the right shape, and is off by up to ${difference}: biases land on other channels, even on another sample's.`,
        zh: say`第一种写法报错。第二种不报错，形状也对，但最多差 ${difference}：偏置加到了别的通道上，甚至加到了别的样本上。`,
      },
      why: [
        {
          en: say`attention @ bias has a row a sample: ${B} x ${out} = ${B * out} values. The folded convolution wants them in the order of its kernels: all ${out} of the first sample, then all ${out} of the next, which is how the rows lie already.`,
          zh: say`attention @ bias 每个样本一行，共 ${B} x ${out} = ${B * out} 个值。折叠后的卷积要求偏置与卷积核同序：先是第一个样本的 ${out} 个，再是下一个样本的 ${out} 个，这正是各行原本的顺序。`,
        },
      ],
      findings: [
        {
          label: { en: 'biases', zh: '偏置' },
          python: 'list(b.shape)',
          results: [refused, shapeResult([B * out]), shapeResult([B * out])],
        },
        {
          label: { en: 'output', zh: '输出' },
          python: 'list(y.shape)',
          results: [refused, shapeResult(wrong.shape), shapeResult(output.shape)],
        },
        {
          label: { en: 'off by up to', zh: '最大偏差' },
          python: '(y - layer(x)).abs().max().item()',
          results: [
            refused,
            numberResult(difference),
            numberResult(largestDifference(output, output)),
          ],
        },
      ],
    }
  },
}
