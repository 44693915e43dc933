// What stands behind the inputs depends on the weights alone; over a whole image it is computed once.

export function pair([d0, d1, d2, d3], [g0, g1, g2]) {
  const m0 = (d0 - d2) * g0
  const m1 = ((d1 + d2) * (g0 + g1 + g2)) / 2
  const m2 = ((d2 - d1) * (g0 - g1 + g2)) / 2
  const m3 = (d1 - d3) * g2
  return { products: [m0, m1, m2, m3], outputs: [m0 + m1 + m2, m1 - m2 - m3] }
}
