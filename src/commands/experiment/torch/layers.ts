// The kinds of convolution that models are made of, in Python.
import type { Kind } from '../../../training/models.ts'

/** A class each; those behind it build on \`Static\`. */
const classes: Readonly<Record<Kind, { readonly name: string; readonly python: string }>> = {
  static: {
    name: 'Static',
    python: `\
class Static(nn.Module):
    """A convolution with one kernel; or the kernels and biases that others mix."""

    def __init__(self, draw, channels, out, kernel, model):
        super().__init__()
        self.padding = PADDING
        a = math.sqrt(6 / (channels * kernel * kernel)) * model['start']
        self.weight = nn.Parameter(draw((model['kernels'], out, channels, kernel, kernel), a))
        self.bias = nn.Parameter(torch.zeros(model['kernels'], out))

    def forward(self, x, temperature):
        return F.conv2d(x, self.weight[0], self.bias[0], padding=self.padding)

    def multiply_adds(self, pixels):
        return self.weight[0].numel() * pixels
`,
  },
  uniform: {
    name: 'Uniform',
    python: `\
class Uniform(Static):
    """The mean of the kernels, whatever the input: it folds into one of them after training."""

    def forward(self, x, temperature):
        return F.conv2d(x, self.weight.mean(0), self.bias.mean(0), padding=self.padding)
`,
  },
  dynamic: {
    name: 'Dynamic',
    python: `\
class Dynamic(Static):
    """The kernels mixed by an attention to the input: another mixture for every image."""

    def __init__(self, draw, channels, out, kernel, model):
        super().__init__(draw, channels, out, kernel, model)
        self.scores = Scores(draw, channels, model['kernels'])
        self.pi = self.replace = None

    def attention(self, x, temperature):
        return F.softmax(self.scores(x) / temperature, 1)

    def forward(self, x, temperature):
        batch, channels, rows, columns = x.shape
        pi = self.attention(x, temperature)
        self.pi = pi = self.replace(pi) if self.replace else pi
        weight = (pi @ self.weight.flatten(1)).view(-1, *self.weight.shape[2:])
        bias = (pi @ self.bias).flatten()
        # the batch becomes groups of one image, so that each meets its own kernels
        y = F.conv2d(x.reshape(1, -1, rows, columns), weight, bias, padding=self.padding, groups=batch)
        return y.view(batch, -1, *y.shape[2:])

    def multiply_adds(self, pixels):
        mixing = self.weight.numel() + self.bias.numel()
        return super().multiply_adds(pixels) + mixing + self.scores.multiply_adds()
`,
  },
  condconv: {
    name: 'CondConv',
    python: `\
class CondConv(Dynamic):
    """As Dynamic, with a sigmoid for every kernel: their weights need not sum to 1."""

    def __init__(self, draw, channels, out, kernel, model):
        Static.__init__(self, draw, channels, out, kernel, model)
        self.pi = self.replace = None
        self.scores = Linear(draw, channels, model['kernels'])

    def attention(self, x, temperature):
        return torch.sigmoid(self.scores(x.mean((2, 3))))
`,
  },
  se: {
    name: 'Gated',
    python: `\
class Gated(Static):
    """One kernel; every output channel is scaled by a gate that looks at the input."""

    def __init__(self, draw, channels, out, kernel, model):
        super().__init__(draw, channels, out, kernel, model)
        self.scores = Scores(draw, channels, out)

    def forward(self, x, temperature):
        return super().forward(x, temperature) * (2 * torch.sigmoid(self.scores(x)))[:, :, None, None]

    def multiply_adds(self, pixels):
        gating = self.weight.shape[1] * pixels
        return super().multiply_adds(pixels) + self.scores.multiply_adds() + gating
`,
  },
}

const scores = `\
class Linear(nn.Module):
    def __init__(self, draw, features, out, gain=3):
        super().__init__()
        self.weight = nn.Parameter(draw((out, features), math.sqrt(gain / features)))
        self.bias = nn.Parameter(torch.zeros(out))

    def forward(self, x):
        return F.linear(x, self.weight, self.bias)

    def multiply_adds(self):
        return self.weight.numel()


class Scores(nn.Module):
    """What attention or a gate is computed from: the channels' means, eight values, scores."""

    def __init__(self, draw, channels, out):
        super().__init__()
        self.fc1 = Linear(draw, channels, HIDDEN, gain=6)
        self.fc2 = Linear(draw, HIDDEN, out)

    def forward(self, x):
        return self.fc2(F.relu(self.fc1(x.mean((2, 3)))))

    def multiply_adds(self):
        return self.fc1.multiply_adds() + self.fc2.multiply_adds()
`

/** The classes that models of these kinds need, and a table of them. */
export function layerClasses(kinds: ReadonlySet<Kind>): string {
  const used = (Object.keys(classes) as Kind[]).filter((kind) => kinds.has(kind))
  const table = used.map((kind) => `'${kind}': ${classes[kind].name}`).join(', ')
  return `${[scores, ...used.map((kind) => classes[kind].python)].join('\n\n')}

KINDS = {${table}}
`
}
