// The convolutions that speed is measured by, from the article's layers to whole batches.

/** `x` and `w` are shapes; with `perSample`, `w` is that of one sample's kernels. */
export const workloads = {
  W1: { title: "the article's static layer", x: [1, 3, 32, 32], w: [16, 3, 3, 3], padding: 1 },
  W2: {
    title: "the article's dynamic layer",
    x: [1, 3, 32, 32],
    w: [16, 3, 3, 3],
    perSample: true,
  },
  W3: {
    title: 'dynamic, a batch',
    x: [32, 64, 32, 32],
    w: [64, 64, 3, 3],
    padding: 1,
    perSample: true,
  },
  W4: { title: 'static, a batch', x: [8, 64, 56, 56], w: [128, 64, 3, 3], padding: 1 },
  W5: { title: '1x1', x: [8, 96, 28, 28], w: [192, 96, 1, 1] },
  W6: { title: 'depthwise', x: [8, 96, 56, 56], w: [96, 1, 3, 3], padding: 1, groups: 96 },
  W7: { title: '7x7, stride 2', x: [1, 3, 224, 224], w: [64, 3, 7, 7], padding: 3, stride: 2 },
}

/** The workload as `ops.conv2d` takes it, without its tensors. */
export function convolutionOf({ x, w, padding = 0, stride = 1, groups = 1, perSample = false }) {
  const [rows, ...kernel] = w
  return {
    x,
    w: [perSample ? rows * x[0] : rows, ...kernel],
    how: {
      kernelSize: w.slice(2),
      stride: [stride, stride],
      padding: [padding, padding],
      dilation: [1, 1],
      groups,
      perSample,
    },
  }
}
