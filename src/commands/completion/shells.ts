/** The shells whose Tab key can be taught convlab's words. */
export const shells = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof shells)[number]
