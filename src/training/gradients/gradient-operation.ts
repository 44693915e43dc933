// Reverse-mode differentiation: operations in the order they run, each with its forward and its
// backward half. Gradients add up, so a variable may be read by several operations.
export interface GradientOperation {
  /** @param samples how many of the batch's rows count */
  forward(samples: number): void
  /** Adds to the gradients of what `forward` read, given those of what it wrote. */
  backward(samples: number): void
}

/** Several operations as one: forward in their order, backward the other way. */
export function chain(operations: readonly GradientOperation[]): GradientOperation {
  const reversed = operations.toReversed()
  return {
    forward(samples) {
      for (const operation of operations) operation.forward(samples)
    },
    backward(samples) {
      for (const operation of reversed) operation.backward(samples)
    },
  }
}
