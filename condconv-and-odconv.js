// ODConv's mixed kernel: attention over positions and over kernels.
//
// positionScores  [k][k]     a score for every position, turned into a weight by a sigmoid
// kernelWeights   [K]        the weights of the kernels, which sum to 1
// kernels         [K][k][k]  one channel each
//
// Give back one kernel [k][k].

export function mixedKernel(positionScores, kernelWeights, kernels) {
  // TODO: this mixes the kernels as dynamic convolution does, whatever the positions.
  return positionScores.map((row, u) =>
    row.map((_, v) => kernels.reduce((sum, kernel, n) => sum + kernelWeights[n] * kernel[u][v], 0)),
  )
}
