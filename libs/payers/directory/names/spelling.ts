/** From this length on a word may have two slips; below, one. */
const longWord = 8;

/**
 * True when a word is the other one with a slip or two. The first letter has to be right, and digits are never mistaken.
 *
 * @param shortest below this length a word is taken as it stands: initials are easily other initials
 */
export function isMisspelling(given: string, known: string, shortest: number): boolean {
  if (given === known) return true;
  const longest = Math.max(given.length, known.length);
  if (longest < shortest || given[0] !== known[0] || /\d/.test(given + known)) return false;
  return slips(given, known) <= (longest >= longWord ? 2 : anotherLetter);
}

/**
 * Another letter in a letter's place weighs more than a letter too many, too few or two exchanged: two of them make another word
 * ("Northbend" for "Northwind").
 */
const anotherLetter = 1.5;

/** Optimal string alignment distance with the weights above. */
export function slips(given: string, known: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: known.length + 1 }, (_, column) => column);
  for (let row = 1; row <= given.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= known.length; column += 1) {
      const same = given[row - 1] === known[column - 1];
      const swapped =
        row > 1 && column > 1 && given[row - 1] === known[column - 2] && given[row - 2] === known[column - 1];
      current.push(
        Math.min(
          (last[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          (last[column - 1] ?? 0) + (same ? 0 : anotherLetter),
          swapped ? (beforeLast[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    beforeLast = last;
    last = current;
  }
  return last[known.length] ?? 0;
}
