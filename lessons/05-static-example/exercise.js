// Convolution of one sample.
//
// x        [channel][row][column]
// w        [out][channel][row][column]
// b        [out]
// stride   pixels from one window to the next, in both directions
// padding  zeros around every channel
//
// Give back y: [out][row][column].

export function convolve(x, w, b, stride, padding) {
  const kernel = w[0][0].length
  const rows = Math.floor((x[0].length + 2 * padding - kernel) / stride) + 1
  const columns = Math.floor((x[0][0].length + 2 * padding - kernel) / stride) + 1
  return w.map((kernels, out) =>
    Array.from({ length: rows }, (_, i) =>
      Array.from({ length: columns }, (_, j) => {
        // TODO: the value at output channel `out`, row i, column j.
        return 0
      }),
    ),
  )
}
