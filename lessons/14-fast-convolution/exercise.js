// Two neighbouring outputs of three taps, by Winograd's four products.
//
// d  [4]  inputs d0 d1 d2 d3
// g  [3]  weights g0 g1 g2
//
// Give back { products: [m0, m1, m2, m3], outputs: [y0, y1] }.

export function pair([d0, d1, d2, d3], [g0, g1, g2]) {
  // TODO: these are the outputs by the definition, with six products and none of the four.
  return {
    products: [],
    outputs: [d0 * g0 + d1 * g1 + d2 * g2, d1 * g0 + d2 * g1 + d3 * g2],
  }
}
