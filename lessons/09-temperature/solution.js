// Only differences of scores matter, so the largest may be taken off first: then no power is
// larger than 1.

export function softmax(scores, temperature) {
  const largest = Math.max(...scores)
  const powers = scores.map((score) => Math.exp((score - largest) / temperature))
  const sum = powers.reduce((total, power) => total + power, 0)
  return powers.map((power) => power / sum)
}
