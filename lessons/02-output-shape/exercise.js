// How many windows fit along one axis of the input?
//
// size      pixels along the axis
// kernel    taps of the kernel along it
// stride    pixels from one window to the next
// padding   zeros in front, and as many behind
// dilation  pixels from one tap to the next

export function outputSize(size, kernel, stride, padding, dilation) {
  // TODO: this is right for stride 1, no padding and no dilation. Make it right for all.
  return size - kernel + 1
}
