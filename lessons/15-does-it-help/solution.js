// The differences are taken first: what a seed does to both models is gone then.

export function compare(a, b, t, margin) {
  const differences = a.map((value, s) => value - b[s])
  const n = differences.length
  const mean = differences.reduce((sum, d) => sum + d, 0) / n
  const squares = differences.reduce((sum, d) => sum + (d - mean) ** 2, 0)
  const halfWidth = t * Math.sqrt(squares / (n - 1) / n)
  const holds = mean - halfWidth > 0 && mean >= margin
  const verdict = holds ? 'holds' : mean + halfWidth < margin ? 'does not hold' : 'unclear'
  return { mean, halfWidth, verdict }
}

// Variances of independent values add up, each times the square of its weight.

export function controlBound(fanIn, attention) {
  const variance = attention.reduce((sum, weight) => sum + weight ** 2, 0)
  return Math.sqrt(6 / fanIn) * Math.sqrt(variance)
}
