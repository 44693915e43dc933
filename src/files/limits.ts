// How much a file may make the program hold. A layer's own tensors stay far below.

/** Bytes that are read of a file, and of what a compressed one inflates to. */
export const largestFile = 2 ** 28

/** Pixels of an image: 8192 x 4096, or what a large camera takes. */
export const mostPixels = 2 ** 25
