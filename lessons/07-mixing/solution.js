// Every value of the mixed kernel is a sum over the K kernels, weighed by the attention; the biases
// are mixed by the same weights.

export function mix(attention, kernels, biases) {
  const weighed = (rows) =>
    rows[0].map((_, at) => rows.reduce((sum, row, k) => sum + attention[k] * row[at], 0))
  return { kernel: weighed(kernels), bias: weighed(biases) }
}
