// The whole dynamic layer, for a batch.
//
// x  [batch][channel][row][column]
// p  the parameters:
//      fc1.weight [hidden][channel]   fc1.bias [hidden]   first layer of the attention
//      fc2.weight [K][hidden]         fc2.bias [K]        second layer of the attention
//      weight [K][out][channel][k][k]        the kernels
//      bias   [K][out]                       their biases
//      temperature
//
// Stride 1, no padding, no groups. Give back [batch][out][row][column].

export function dynamicLayer(x, p) {
  // TODO: this is a static layer: it uses the first kernel for every sample.
  return x.map((sample) => convolve(sample, p.weight[0], p.bias[0]))
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
