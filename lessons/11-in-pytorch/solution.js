// Every sample is pooled, scored and given its own mixture of kernels; then it is convolved.

export function dynamicLayer(x, p) {
  const attentions = x.map((sample) => attend(sample, p))
  return x.map((sample, n) => {
    const attention = attentions[n]
    return convolve(sample, mix(attention, p.weight), mix(attention, p.bias))
  })
}

/** x [channel][row][column] -> [K], which sums to 1 */
function attend(x, { fc1, fc2, temperature }) {
  const pooled = x.map((channel) => sumOf(channel.flat()) / channel.flat().length)
  const hidden = linear(fc1, pooled).map((value) => Math.max(value, 0))
  return softmax(linear(fc2, hidden), temperature)
}

function linear({ weight, bias }, x) {
  return weight.map((row, at) => sumOf(row.map((w, i) => w * x[i])) + bias[at])
}

function softmax(scores, temperature) {
  const largest = Math.max(...scores)
  const powers = scores.map((score) => Math.exp((score - largest) / temperature))
  return powers.map((power) => power / sumOf(powers))
}

/** K nested arrays of the same shape -> one of that shape */
function mix(attention, items) {
  if (typeof items[0] === 'number') return sumOf(items.map((item, k) => attention[k] * item))
  return items[0].map((_, at) =>
    mix(
      attention,
      items.map((item) => item[at]),
    ),
  )
}

function sumOf(values) {
  return values.reduce((sum, value) => sum + value, 0)
}

/** x [channel][row][column], w [out][channel][k][k], b [out] */
function convolve(x, w, b) {
  const k = w[0][0].length
  const [rows, columns] = [x[0].length - k + 1, x[0][0].length - k + 1]
  return w.map((kernels, out) =>
    Array.from({ length: rows }, (_, i) =>
      Array.from({ length: columns }, (_, j) => {
        let sum = b[out]
        for (let c = 0; c < x.length; c++)
          for (let u = 0; u < k; u++)
            for (let v = 0; v < k; v++) sum += kernels[c][u][v] * x[c][i + u][j + v]
        return sum
      }),
    ),
  )
}
