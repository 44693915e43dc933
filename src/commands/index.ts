// The commands, in the order of the help. A new one is a folder and a line here.
import type { Text } from '../base/text.ts'
import type { Define } from '../cli/flags.ts'
import { layers } from '../layers/index.ts'

/** A command as the program's help has it; its own file is read only when it is meant. */
export interface Listed {
  readonly name: string
  readonly summary: Text
  /** what may stand behind the name, as the list of commands shows it */
  readonly operands?: string
  load(): Promise<{ readonly define: Define }>
}

export const commands: readonly Listed[] = [
  ...Object.values(layers).map((layer) => ({
    name: layer.name,
    summary: layer.summary,
    load: async () => ({ define: (await import('./layer/command.ts')).commandOf(layer) }),
  })),
  {
    name: 'explain',
    summary: {
      en: 'a run step by step: by keys in a terminal, else as text',
      zh: '逐步讲解一次运行：终端里用按键翻看，否则输出全文',
    },
    load: () => import('./explain/command.ts'),
  },
  {
    name: 'compare',
    operands: '[layer...]',
    summary: {
      en: "layers side by side, and the article's claims, measured",
      zh: '几种层并排比较，逐条检验文章的说法',
    },
    load: () => import('./compare/command.ts'),
  },
  {
    name: 'sweep',
    operands: '[name]',
    summary: {
      en: 'vary one thing about a dynamic layer, and see why its attention is uniform or not',
      zh: '只改变动态卷积的一个量，看注意力为什么均匀、怎样才不均匀',
    },
    load: () => import('./sweep/command.ts'),
  },
  {
    name: 'mistakes',
    operands: '[name]',
    summary: {
      en: 'mistakes that people make with dynamic convolution, each shown by running it',
      zh: '动态卷积的常见错误，每个都现场运行',
    },
    load: () => import('./mistakes/command.ts'),
  },
  {
    name: 'count',
    operands: '[network]',
    summary: {
      en: 'parameters and multiply-adds of whole networks, by layer',
      zh: '逐层统计整个网络的参数量和乘加次数',
    },
    load: () => import('./count/command.ts'),
  },
  {
    name: 'experiment',
    operands: '[name]',
    summary: {
      en: 'does it help? small experiments, trained on this machine',
      zh: '有没有用？在这台机器上做几个小实验来看',
    },
    load: () => import('./experiment/command.ts'),
  },
  {
    name: 'bench',
    operands: '[layer]',
    summary: {
      en: 'how fast a layer is, beside PyTorch, ONNX Runtime and TensorFlow.js',
      zh: '一层有多快，与 PyTorch、ONNX Runtime、TensorFlow.js 同场计时',
    },
    load: () => import('./bench/command.ts'),
  },
  {
    name: 'claims',
    operands: '[name]',
    summary: {
      en: 'what is said of dynamic convolution, each put to the test',
      zh: '关于动态卷积的各种说法，逐条检验',
    },
    load: () => import('./claims/command.ts'),
  },
  {
    name: 'completion',
    operands: '[shell]',
    summary: {
      en: 'a script that lets Tab complete commands, flags and values',
      zh: '输出补全脚本，让 Tab 键补全命令、选项和取值',
    },
    load: () => import('./completion/command.ts'),
  },
  {
    name: 'lesson',
    operands: '...',
    summary: {
      en: 'the course: graded lessons on convolution',
      zh: '课程：带评分的卷积课',
    },
    load: () => import('./lesson/command.ts'),
  },
]
