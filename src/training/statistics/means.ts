/** The mean of each place over lists of one length; of no lists, nothing. */
export function itemMeans(lists: readonly (readonly number[])[]): number[] {
  const sums: number[] = []
  for (const list of lists)
    for (const [at, value] of list.entries()) sums[at] = (sums[at] ?? 0) + value
  return sums.map((sum) => sum / lists.length)
}
