// Two functions of an honest comparison.
//
// compare: does model a beat model b?
//
// a, b    [n]  the metric of each model, seed by seed in the same order
// t            Student's t for n - 1 degrees of freedom: 2.262 for ten seeds
// margin       a smaller difference is of no interest
//
// Give back { mean, halfWidth, verdict }: of the differences a - b, with a verdict of
// 'holds' (the interval lies above 0, and the mean is not below the margin),
// 'does not hold' (the interval lies below the margin) or 'unclear'.

export function compare(a, b, t, margin) {
  // TODO: the larger mean wins. By how much it may be off, nobody asks.
  const meanOf = (values) => values.reduce((sum, value) => sum + value, 0) / values.length
  const mean = meanOf(a) - meanOf(b)
  return { mean, halfWidth: 0, verdict: mean > 0 ? 'holds' : 'does not hold' }
}

// controlBound: how wide must a static kernel start, to start as the mixture of experts does?
//
// fanIn           weights that one output value sums over
// attention  [K]  the weights that mix the experts, each of which starts between
//                 -sqrt(6 / fanIn) and +sqrt(6 / fanIn)
//
// Give back the bound for the static kernel that has the mixture's standard deviation.

export function controlBound(fanIn, attention) {
  // TODO: this starts the static kernel as one expert does. A mixture starts narrower.
  return Math.sqrt(6 / fanIn)
}
