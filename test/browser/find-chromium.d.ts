/** @throws {Error} if there is none */
export function findChromium(): string
