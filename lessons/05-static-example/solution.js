// The window of output (i, j) starts at row i * stride - padding. What lies outside the input is
// a zero of the padding, and adds nothing.

export function convolve(x, w, b, stride, padding) {
  const kernel = w[0][0].length
  const rows = Math.floor((x[0].length + 2 * padding - kernel) / stride) + 1
  const columns = Math.floor((x[0][0].length + 2 * padding - kernel) / stride) + 1
  return w.map((kernels, out) =>
    Array.from({ length: rows }, (_, i) =>
      Array.from({ length: columns }, (_, j) => {
        let sum = b[out]
        for (let c = 0; c < x.length; c++)
          for (let u = 0; u < kernel; u++)
            for (let v = 0; v < kernel; v++) {
              const row = i * stride + u - padding
              const column = j * stride + v - padding
              const pixel = x[c][row]?.[column] ?? 0
              sum += kernels[c][u][v] * pixel
            }
        return sum
      }),
    ),
  )
}
