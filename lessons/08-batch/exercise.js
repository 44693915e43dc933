// The forward pass of the article's dynamic layer, line by line. It is right for one sample and
// fails for two.
//
// TODO: find the one line that is wrong, and mend it. The helpers below are right.
//
// A tensor is { shape, data }, its data in one row, the last axis running fastest.
//   attention  (batch, K)
//   weight     (K, out, channels / groups, k, k)
//   bias       (K, out)
//   x          (batch, channels, height, width)

export function forward({ K, out, k, groups }, attention, weight, bias, x) {
  const [batch, , height, width] = x.shape
  const image = view(x, [1, -1, height, width])
  const rows = view(weight, [K, -1])
  const aggregateWeight = view(mm(attention, rows), [out, -1, k, k])
  const aggregateBias = view(mm(attention, bias), [-1])
  const output = conv2d(image, aggregateWeight, aggregateBias, groups * batch)
  return view(output, [batch, out, output.shape[2], output.shape[3]])
}

// --- as in PyTorch ---

/** The same data under another shape; -1 is whatever fits. */
function view({ data }, shape) {
  const known = shape.filter((size) => size !== -1).reduce((a, b) => a * b, 1)
  return { shape: shape.map((size) => (size === -1 ? data.length / known : size)), data }
}

/** (m, n) times (n, p) -> (m, p) */
function mm(a, b) {
  const [m, n] = a.shape
  const p = b.shape[1]
  const data = []
  for (let i = 0; i < m; i++)
    for (let j = 0; j < p; j++) {
      let sum = 0
      for (let t = 0; t < n; t++) sum += a.data[i * n + t] * b.data[t * p + j]
      data.push(sum)
    }
  return { shape: [m, p], data }
}

/** (1, channels, height, width) and (out, channels / groups, k, k) -> (1, out, height', width') */
function conv2d(x, w, b, groups) {
  const [, channels, height, width] = x.shape
  const [out, share, k] = w.shape
  if (share * groups !== channels || out % groups !== 0)
    throw new Error(
      `Given groups=${groups}, weight of size [${w.shape.join(', ')}], expected input[${x.shape.join(', ')}] to have ${share * groups} channels, but got ${channels} channels instead`,
    )
  const [rows, columns] = [height - k + 1, width - k + 1]
  const data = []
  for (let o = 0; o < out; o++)
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < columns; j++) {
        const first = Math.floor(o / (out / groups)) * share
        let sum = b.data[o]
        for (let c = 0; c < share; c++)
          for (let u = 0; u < k; u++)
            for (let v = 0; v < k; v++) {
              const pixel = x.data[((first + c) * height + i + u) * width + j + v]
              sum += w.data[((o * share + c) * k + u) * k + v] * pixel
            }
        data.push(sum)
      }
  return { shape: [1, out, rows, columns], data }
}
