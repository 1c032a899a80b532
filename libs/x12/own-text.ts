/**
 * The same text, not held as a part of the text it was cut from: what is kept for long would otherwise keep a whole file in memory.
 * The engine makes a string of its own of the name of a property, and one for all names that are the same.
 */
export function ownText(text: string): string {
  const [own = text] = Object.keys({ [text]: true });
  return own;
}
