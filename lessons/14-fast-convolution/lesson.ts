import { code } from '../../src/course/code.ts'
import { wholes } from '../../src/course/dice.ts'
import { choice } from '../../src/course/kinds/choices.ts'
import { number } from '../../src/course/kinds/value.ts'
import type { Lesson } from '../../src/course/lesson.ts'
import { costFor } from '../../src/course/lesson-runs.ts'
import {
  type Algorithm,
  conv2d,
  grouped,
  Instance,
  manualSeed,
  planConvolution,
  pointwise,
  sizeOf,
  tensor,
} from '../../src/course/toolbox.ts'

/** The largest error of the engine on 64 channels, against sums in float64. */
function largestError(algorithm: Algorithm): string {
  const generator = manualSeed(0n)
  const draw = (shape: number[], scale: number) =>
    tensor(
      generator.randn(sizeOf(shape)).map((value) => value * scale),
      shape,
    )
  const how = { ...pointwise, kernelSize: [3, 3], padding: [1, 1], perSample: false } as const
  const x = draw([1, 64, 20, 20], 1)
  const w = draw([16, 64, 3, 3], 2.4 / Math.sqrt(64 * 9))
  const exact = conv2d(x, w, undefined, how)
  const instance = new Instance(false)
  const fast = planConvolution(x.shape, w.shape, how, { instance, algorithm }).run(x, w, undefined)
  const errors = fast.data.map((value, at) => Math.abs(value - (exact.data[at] as number)))
  return Math.max(...errors).toExponential(1)
}

/** The four products of two outputs of three taps, and the outputs. */
function pair(d: readonly number[], g: readonly number[]) {
  const [d0, d1, d2, d3] = d as [number, number, number, number]
  const [g0, g1, g2] = g as [number, number, number]
  const products = [
    (d0 - d2) * g0,
    ((d1 + d2) * (g0 + g1 + g2)) / 2,
    ((d2 - d1) * (g0 - g1 + g2)) / 2,
    (d1 - d3) * g2,
  ] as const
  const [m0, m1, m2, m3] = products
  return { products: [...products], outputs: [m0 + m1 + m2, m1 - m2 - m3] }
}

export const lesson: Lesson = {
  taskId: 14,
  facts: () => ({
    work: grouped(costFor('static', {}).multiplyAdds),
    'direct-error': largestError('direct'),
    'winograd-error': largestError('winograd'),
  }),
  questions: {
    tile: number({ tolerance: 0 }, (dice) => {
      const [channels, pixels] = [dice.whole(3, 6), 4 * dice.whole(2, 5)]
      const taps = dice.whole(2, 9)
      return {
        ask: {
          en: `A tile of ${channels} output channels by ${pixels} pixels, ${taps} taps. How many numbers, weights and inputs together, are read for all its taps?`,
          zh: `一块是 ${channels} 个输出通道乘 ${pixels} 个像素，共 ${taps} 个采样点。算完所有采样点，权重和输入一共要读多少个数？`,
        },
        answer: taps * (channels + pixels),
        mistakes: [
          {
            answer: taps * channels * pixels,
            says: {
              en: 'Those are the multiply-adds. Each number that is read is used many times.',
              zh: '那是乘加次数。每个读进来的数会用很多次。',
            },
          },
          {
            answer: 2 * taps * channels * pixels,
            says: {
              en: 'That is what the plain loops read: two numbers for every multiply-add.',
              zh: '那是普通循环读的个数：每次乘加读两个数。',
            },
          },
          {
            answer: channels + pixels,
            says: {
              en: 'Right for one tap; there are more.',
              zh: '一个采样点是这么多，但不止一个。',
            },
          },
        ],
        because: {
          en: `${channels * pixels} multiply-adds for ${channels + pixels} numbers at every tap, instead of one for two.`,
          zh: `每个采样点读 ${channels + pixels} 个数，做 ${channels * pixels} 次乘加；普通循环读两个数才做一次。`,
        },
        hints: [
          {
            en: 'At one tap: a weight for each channel, an input for each pixel.',
            zh: '一个采样点：每个通道一个权重，每个像素一个输入。',
          },
          { en: 'Add them, and multiply by the taps.', zh: '加起来，再乘采样点数。' },
        ],
        solution: {
          en: `${taps} * (${channels} + ${pixels}) = ${taps * (channels + pixels)}`,
          zh: `${taps} × (${channels} + ${pixels}) = ${taps * (channels + pixels)}`,
        },
      }
    }),
    distance: number({ tolerance: 0 }, (dice) => {
      const [rows, columns, padding] = [dice.whole(5, 8), dice.whole(9, 14), dice.whole(1, 2)]
      const [c, u, v] = [dice.whole(1, 3), dice.whole(1, 2), dice.whole(1, 2)]
      const distance = (zeros: number) => (c * (rows + 2 * zeros) + u) * (columns + 2 * zeros) + v
      return {
        ask: {
          en: `The input is ${rows}x${columns}, the padding ${padding} on all sides. How far, in values, is the tap of channel ${c}, kernel row ${u}, kernel column ${v} from the tap 0, 0, 0? (The planes of the channels follow each other, row by row.)`,
          zh: `输入是 ${rows}x${columns}，四周填充 ${padding}。通道 ${c}、核的第 ${u} 行第 ${v} 列这个采样点，离采样点 0, 0, 0 有多远（以数的个数计）？各通道的平面依次相接，逐行存放。`,
        },
        answer: distance(padding),
        mistakes: [
          {
            answer: distance(0),
            says: {
              en: 'That is for planes without their zeros: they are part of a plane.',
              zh: '那是不带零的平面：补的零也在平面里。',
            },
          },
          {
            answer: u * (columns + 2 * padding) + v,
            says: {
              en: 'Right within a plane; add the planes before it.',
              zh: '平面之内对了，还要加上前面的平面。',
            },
          },
          {
            answer: (c * rows + u) * (columns + 2 * padding) + v,
            says: {
              en: 'The rows of a plane have zeros above and below them, too.',
              zh: '平面的上下也有补零的行。',
            },
          },
        ],
        because: {
          en: 'And it is the same for every pixel of every output channel: a table made once.',
          zh: '而且对每个输出通道的每个像素都一样：一张表，只做一次。',
        },
        hints: [
          {
            en: `A plane has ${rows + 2 * padding} rows of ${columns + 2 * padding} values.`,
            zh: `一个平面有 ${rows + 2 * padding} 行，每行 ${columns + 2 * padding} 个数。`,
          },
          {
            en: 'Planes before it, rows before it, columns before it.',
            zh: '先数平面，再数行，再数列。',
          },
        ],
        solution: {
          en: `${c} * ${(rows + 2 * padding) * (columns + 2 * padding)} + ${u} * ${columns + 2 * padding} + ${v} = ${distance(padding)}`,
          zh: `${c} × ${(rows + 2 * padding) * (columns + 2 * padding)} + ${u} × ${columns + 2 * padding} + ${v} = ${distance(padding)}`,
        },
      }
    }),
    winograd: number({ tolerance: 0 }, (dice) => {
      const [m, k] = [dice.whole(2, 6), dice.whole(3, 5)]
      const products = (m + k - 1) ** 2
      return {
        ask: {
          en: `${k}x${k} kernels, tiles of ${m}x${m} outputs, one input channel. How many multiplications does a tile save, the transforms left aside?`,
          zh: `${k}x${k} 卷积核，每块 ${m}x${m} 个输出，一个输入通道。不计变换，一块省下多少次乘法？`,
        },
        answer: m * m * k * k - products,
        mistakes: [
          {
            answer: products,
            says: {
              en: 'That many are left; how many are saved?',
              zh: '那是剩下的次数，问的是省下多少。',
            },
          },
          {
            answer: m * m * k * k,
            says: { en: 'That many the definition takes.', zh: '那是按定义要做的次数。' },
          },
          {
            answer: m * k - (m + k - 1),
            says: {
              en: 'That is along a line; here it is two dimensions.',
              zh: '那是一维的，这里是二维。',
            },
          },
        ],
        because: {
          en: `${((m * m * k * k) / products).toFixed(2)} times fewer multiplications.`,
          zh: `乘法只有原来的 1/${((m * m * k * k) / products).toFixed(2)}。`,
        },
        hints: [
          {
            en: `The definition: ${k}x${k} for each of ${m}x${m} outputs.`,
            zh: `按定义：${m}x${m} 个输出，每个 ${k}x${k} 次。`,
          },
          {
            en: `Winograd: ${m + k - 1}x${m + k - 1}.`,
            zh: `Winograd：${m + k - 1}x${m + k - 1} 次。`,
          },
        ],
        solution: {
          en: `${m}*${m}*${k}*${k} - ${m + k - 1}*${m + k - 1} = ${m * m * k * k - products}`,
          zh: `${m}×${m}×${k}×${k} - ${m + k - 1}×${m + k - 1} = ${m * m * k * k - products}`,
        },
      }
    }),
    peak: choice(() => ({
      ask: {
        en: 'A library shows 160 % of the peak. What has happened?',
        zh: '某个库显示达到了峰值的 160 %。这是怎么回事？',
      },
      options: {
        fewer: {
          text: {
            en: 'it does fewer multiplications than the definition, which is what is counted',
            zh: '它做的乘法比定义少，而计数按定义',
          },
          right: true,
        },
        clock: {
          text: { en: 'the clock is wrong', zh: '计时错了' },
          says: {
            en: 'Perhaps, but there is an honest way to get there.',
            zh: '也许，不过有堂堂正正做到的办法。',
          },
        },
        cache: {
          text: { en: 'its data lie in the cache', zh: '数据都在缓存里' },
          says: {
            en: 'The peak is measured in registers, which are nearer still: no memory is faster.',
            zh: '峰值是在寄存器里测的，比缓存还近：没有更快的存储了。',
          },
        },
        skip: {
          text: { en: 'it leaves out small products', zh: '它略去了很小的乘积' },
          says: {
            en: 'Its result would differ; the benchmark compares the results.',
            zh: '那样结果就会不同，而基准测试会核对结果。',
          },
        },
      },
      because: {
        en: 'Winograd does a quarter of the multiplications at best, so four peaks is its limit, less the transforms.',
        zh: 'Winograd 最好时只做四分之一的乘法，所以上限是峰值的四倍，还要减去变换。',
      },
      hints: [
        { en: 'What does the benchmark count?', zh: '基准测试数的是什么？' },
        {
          en: 'The work of the definition, not the work that is done.',
          zh: '数的是定义所需的运算，不是实际做的运算。',
        },
      ],
      solution: {
        en: 'It does fewer multiplications than are counted.',
        zh: '它实际做的乘法比计数的少。',
      },
    })),
    'write-it': code(() => ({
      ask: {
        en: 'Write pair(d, g), which gives { products, outputs }: the four products m0 to m3, and y0 and y1.',
        zh: '写出 pair(d, g)，返回 { products, outputs }：四个乘积 m0 到 m3，以及 y0、y1。',
      },
      function: 'pair',
      cases: (dice) => {
        const caseOf = (d: number[], g: number[]) => ({ input: [d, g], expected: pair(d, g) })
        const drawn = (count: number) =>
          Array.from(dice.stream.randn(count), (x) => Math.round(x * 100) / 100)
        return [
          caseOf(wholes(dice, 4) as number[], wholes(dice, 3) as number[]),
          ...Array.from({ length: 5 }, () => caseOf(drawn(4), drawn(3))),
        ]
      },
      because: {
        en: 'Four multiplications by inputs where there were six; the halves and sums of the weights are made once for the whole image.',
        zh: '与输入相乘的次数从六次变成四次；权重的和与一半，整张图只算一次。',
      },
      mistakes: [
        {
          edit: ['m1 - m2 - m3', 'm1 + m2 - m3'],
          says: {
            en: 'The products and y0 are right. In y1 the third product is subtracted.',
            zh: '乘积和 y0 都对了。y1 里第三个乘积要减。',
          },
        },
        {
          edit: ['(g0 - g1 + g2)', '(g0 + g1 - g2)'],
          says: {
            en: 'm2: the middle weight has the minus sign.',
            zh: 'm2：带负号的是中间那个权重。',
          },
        },
        {
          edit: ['(d2 - d1)', '(d1 - d2)'],
          says: { en: 'm2 begins with d2 - d1.', zh: 'm2 开头是 d2 - d1。' },
        },
        {
          edit: ['(g0 + g1 + g2)) / 2', '(g0 + g1 + g2))'],
          says: { en: 'm1 is to be halved.', zh: 'm1 要除以 2。' },
        },
      ],
      hints: [
        {
          en: 'Copy the four products from the text, then add them up twice.',
          zh: '照正文写出四个乘积，再各加一遍。',
        },
        {
          en: 'y0 = m0 + m1 + m2 and y1 = m1 - m2 - m3',
          zh: 'y0 = m0 + m1 + m2，y1 = m1 - m2 - m3',
        },
      ],
      solution: {
        en: '`outputs: [m0 + m1 + m2, m1 - m2 - m3]`, with the products of the text.',
        zh: '`outputs: [m0 + m1 + m2, m1 - m2 - m3]`，乘积照正文。',
      },
    })),
  },
}
