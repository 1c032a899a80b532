/** Lower case, no accents, letters and digits only: what names and member ids are compared by. */
export function normaliseForIndex(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}
