// Mixes K kernels and their biases into one of each.
//
// attention  [K], sums to 1
// kernels    [K][value]: every kernel laid out as one long row
// biases     [K][out]
//
// Give back { kernel: [value], bias: [out] }.

export function mix(attention, kernels, biases) {
  // TODO: this takes the first kernel as it is, whatever the attention says.
  return { kernel: kernels[0], bias: biases[0] }
}
