/** Prints a line of a table. */
export function row(name, ...cells) {
  console.log(name.padEnd(28) + cells.map((cell) => cell.padStart(12)).join(''))
}
