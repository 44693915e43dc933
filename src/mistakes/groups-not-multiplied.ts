import { say } from '../base/text.ts'
import { conv2dError } from '../layers/torch-errors.ts'
import { lab } from './lab.ts'
import { count, type Mistake, raised, shapeResult } from './mistake.ts'

const before = `\
kernel = (attention @ weight.view(K, -1)).view(B * out, C // groups, k, k)
b = (attention @ bias).view(-1)
`
const behind = `
y = F.conv2d(x.view(1, -1, H, W), kernel, b, groups=g)
y = y.view(B, out, y.size(-2), y.size(-1))`

export const groupsNotMultiplied: Mistake = {
  name: 'groups-not-multiplied',
  title: {
    en: "the folded batch convolved in the layer's groups, not groups x batch",
    zh: '批已折叠，分组数却没有乘以批大小',
  },
  given: { in: 4, out: 8, groups: 2, batch: 2 },
  ways: [{ code: `${before}g = groups${behind}` }, { code: `${before}g = groups * B${behind}` }],
  asked: [{ repository: 'kaijieshi7/Dynamic-convolution-Pytorch', number: 24, kind: 'issue' }],

  demonstrate() {
    const { x, config, output } = lab(groupsNotMultiplied.given)
    const [B, C, H, W] = x.shape as [number, number, number, number]
    const { out, groups, kernelSize } = config
    const reads = C / groups
    const kernel = [B * out, reads, ...kernelSize]
    return {
      happens: {
        en: say`PyTorch refuses: ${groups} groups of kernels that read ${reads} channels each make ${groups * reads}, and the folded batch has ${B * C}.`,
        zh: say`PyTorch 报错：${groups} 组、每个卷积核读 ${reads} 个通道，合计 ${groups * reads} 个，而折叠后的批有 ${B * C} 个通道。`,
      },
      why: [
        {
          en: say`Folding ${B} samples into one image lays their channels side by side: ${B} x ${C} = ${B * C}. Each sample brings its own ${groups} groups, so the image has ${B} x ${groups} = ${B * groups}, and each kernel reads ${B * C} / ${B * groups} = ${reads} channels again.`,
          zh: say`把 ${B} 个样本折叠成一张图，通道就并排放在一起：${B} x ${C} = ${B * C}。每个样本都有自己的 ${groups} 组，所以整张图有 ${B} x ${groups} = ${B * groups} 组，每个卷积核读的还是 ${B * C} / ${B * groups} = ${reads} 个通道。`,
        },
        {
          en: say`How in, out and groups relate: groups divides both; a kernel reads in / groups channels, and each group makes out / groups of the output's.`,
          zh: say`in、out 与 groups 的关系：groups 要整除两者；每个卷积核读 in / groups 个通道，每组产生 out / groups 个输出通道。`,
        },
      ],
      findings: [
        {
          label: { en: 'kernels', zh: '卷积核' },
          python: 'list(kernel.shape)',
          results: [shapeResult(kernel), shapeResult(kernel)],
        },
        {
          label: { en: 'groups', zh: '分组数' },
          python: 'g',
          results: [count(groups), count(groups * B)],
        },
        {
          label: { en: 'output', zh: '输出' },
          python: 'list(y.shape)',
          results: [
            raised(conv2dError([1, B * C, H, W], kernel, config)),
            shapeResult(output.shape),
          ],
        },
      ],
    }
  },
}
