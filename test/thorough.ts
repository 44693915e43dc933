/** How often fast-check tries a property: `usual` times in `npm test`, `thorough` in `npm run check`. */
export const tries = (usual: number, thorough: number) => ({
  numRuns: process.env.CONVLAB_THOROUGH ? thorough : usual,
})
