// The sizes of PyTorch's random stream.

/** How many 32-bit words MT19937 holds and remakes at a time. */
export const STATE_WORDS = 624
/** How far ahead lies the word that is mixed into the one being remade. */
export const AHEAD = 397

/** Uniforms that become normals together: eight radii, then eight angles. */
export const NORMALS_BLOCK = 16
