// The kernel's taps reach over `reach` pixels. The first window starts at 0; the last one that
// fits starts at most `free` further on, and windows are `stride` apart.

export function outputSize(size, kernel, stride, padding, dilation) {
  const reach = dilation * (kernel - 1) + 1
  const free = size + 2 * padding - reach
  return Math.floor(free / stride) + 1
}
