import { say } from '../base/text.ts'
import { lab, largestDifference } from './lab.ts'
import { count, type Mistake, numberResult, values } from './mistake.ts'

const START = 30

export const temperatureForgotten: Mistake = {
  name: 'temperature-forgotten',
  title: {
    en: 'a checkpoint without the temperature',
    zh: '检查点里没有温度',
  },
  given: {},
  ways: [
    {
      code: `\
layer.T = 1                              # where the schedule ended
saved = layer.state_dict()
new = DynamicConv2d(C, out, k, K, T=${START})  # where the schedule begins
new.load_state_dict(saved)
y = new(x)`,
    },
    {
      code: `\
layer.T = 1
saved = {**layer.state_dict(), 'T': layer.T}
new = DynamicConv2d(C, out, k, K, T=saved['T'])
new.load_state_dict({name: v for name, v in saved.items() if name != 'T'})
y = new(x)`,
    },
  ],
  asked: [],
  more: 'sweep schedule',

  demonstrate() {
    const right = lab(temperatureForgotten.given)
    const wrong = lab({ ...temperatureForgotten.given, temperature: START })
    const entries = right.trace.parameters.length
    const trained = right.config.temperature
    const difference = largestDifference(wrong.output, right.output)
    return {
      happens: {
        en: say`PyTorch raises nothing: all ${entries} tensors load. But the layer runs at T = ${START}, not ${trained}, and its output is off by up to ${difference}.`,
        zh: say`PyTorch 不报错，${entries} 个张量都加载成功。但这一层用的是 T = ${START} 而不是 ${trained}，输出最多差 ${difference}。`,
      },
      why: [
        {
          en: say`state_dict() holds parameters and buffers. A temperature kept as a plain attribute is neither, so a new layer keeps the one of its constructor, which is usually the schedule's start.`,
          zh: say`state_dict() 只收参数和缓冲区。温度若只是普通属性，就不在其中；新建的层用的是构造函数里的温度，而那通常是调度的起点。`,
        },
        {
          en: say`Save it beside the weights, or make it a buffer: self.register_buffer('T', torch.tensor(T)).`,
          zh: say`把它和权重一起保存，或者注册成缓冲区：self.register_buffer('T', torch.tensor(T))。`,
        },
      ],
      findings: [
        {
          label: { en: 'entries saved', zh: '保存的条目' },
          python: 'len(saved)',
          results: [count(entries), count(entries + 1)],
        },
        {
          label: { en: 'T after loading', zh: '加载后的 T' },
          python: 'new.T',
          results: [count(wrong.config.temperature), count(trained)],
        },
        {
          label: { en: 'attention', zh: '注意力' },
          python: 'new.attention(x)[0].tolist()',
          results: [values(wrong.attention.data), values(right.attention.data)],
        },
        {
          label: { en: 'off by up to', zh: '最大偏差' },
          python: '(y - layer(x)).abs().max().item()',
          results: [
            numberResult(difference),
            numberResult(largestDifference(right.output, right.output)),
          ],
        },
      ],
    }
  },
}
