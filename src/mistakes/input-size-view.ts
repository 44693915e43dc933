import { say } from '../base/text.ts'
import { viewError } from '../layers/torch-errors.ts'
import { outputSize } from '../tensor/geometry.ts'
import { lab } from './lab.ts'
import { type Mistake, raised, shapeResult } from './mistake.ts'

const convolve = `\
kernel = (attention @ weight.view(K, -1)).view(B * out, C, k, k)
b = (attention @ bias).view(-1)
flat = F.conv2d(x.view(1, -1, H, W), kernel, b, stride=2, groups=B)
`

export const inputSizeView: Mistake = {
  name: 'input-size-view',
  title: {
    en: "the output viewed with the input's height and width",
    zh: '输出按输入的高和宽来 view',
  },
  given: { batch: 2, stride: 2 },
  ways: [
    { code: `${convolve}y = flat.view(B, out, H, W)` },
    { code: `${convolve}y = flat.view(B, out, flat.size(-2), flat.size(-1))` },
  ],
  asked: [
    {
      repository: 'xmu-xiaoma666/External-Attention-pytorch',
      number: 90,
      kind: 'pull request',
    },
  ],

  demonstrate() {
    const { x, config, output } = lab(inputSizeView.given)
    const [B, , H, W] = x.shape as [number, number, number, number]
    const { out, kernelSize } = config
    const [rows, columns] = outputSize(config, [H, W])
    const flat = [1, B * out, rows, columns]
    const same = (kernelSize[0] - 1) / 2
    return {
      happens: {
        en: say`PyTorch refuses the view: the convolution left maps of ${rows} x ${columns}, not of ${H} x ${W}.`,
        zh: say`PyTorch 拒绝这个 view：卷积得到的是 ${rows} x ${columns} 的特征图，不是 ${H} x ${W}。`,
      },
      why: [
        {
          en: say`H and W were read from the input. The output has the same size only for stride ${1} with padding ${same} here, and that is the layer people test first. Any other stride or padding, such as stride ${config.stride[0]} here, raises.`,
          zh: say`H、W 取自输入。这里只有步长 ${1}、填充 ${same} 时输出才同样大，而大家最先试的恰好就是它。换成别的步长或填充，比如这里的步长 ${config.stride[0]}，就会报错。`,
        },
      ],
      findings: [
        {
          label: { en: 'before the view', zh: 'view 之前' },
          python: 'list(flat.shape)',
          results: [shapeResult(flat), shapeResult(flat)],
        },
        {
          label: { en: 'output', zh: '输出' },
          python: 'list(y.shape)',
          results: [raised(viewError(flat, [B, out, H, W])), shapeResult(output.shape)],
        },
      ],
    }
  },
}
