// Student's t, for intervals of a mean of few values.

/** t with that many degrees of freedom lies below this with probability 0.975: 2.262 for 9. */
export function t975(freedom: number): number {
  let [low, high] = [0, 1000]
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2
    if (tailBeyond(middle, freedom) > 0.025) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** The probability of a t above x >= 0: I(n / (n + x²); n/2, 1/2) / 2. */
function tailBeyond(x: number, freedom: number): number {
  return incompleteBeta(freedom / (freedom + x * x), freedom / 2, 0.5) / 2
}

/** The regularised incomplete beta function, by its continued fraction (Lentz's method). */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0 || x >= 1) return x <= 0 ? 0 : 1
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a)
  const front = Math.exp(
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x),
  )
  let c = 1
  let d = 1 / (1 - ((a + b) * x) / (a + 1))
  let fraction = d
  for (let m = 1; m < 500; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    for (const term of [even, odd]) {
      d = 1 / (1 + term * d)
      c = 1 + term / c
      fraction *= c * d
    }
    if (Math.abs(c * d - 1) < 1e-15) break
  }
  return (front * fraction) / a
}

/** ln Γ(x) for x > 0: Stirling's series, after raising x to where that is exact enough. */
function logGamma(x: number): number {
  if (x < 15) return logGamma(x + 1) - Math.log(x)
  const inverse = 1 / (x * x)
  const series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse / 1680))) / x
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series
}
