// All kernels share the weight of a position, so it may be taken out of the sum.

export function mixedKernel(positionScores, kernelWeights, kernels) {
  return positionScores.map((row, u) =>
    row.map((score, v) => {
      const position = 1 / (1 + Math.exp(-score))
      const mixed = kernels.reduce((sum, kernel, n) => sum + kernelWeights[n] * kernel[u][v], 0)
      return position * mixed
    }),
  )
}
