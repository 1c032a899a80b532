/** Whether a font has a glyph for a character. */
export type Coverage = (codePoint: number) => boolean;

/**
 * Which characters a TrueType font can show, from its character map (format 12, which fonts with a map of all of Unicode have).
 *
 * @throws Error when the file is no such font
 */
export function coverageOf(font: Buffer): Coverage {
  const ranges = rangesOf(font, unicodeMap(font));
  return (codePoint) => {
    let low = 0;
    let high = ranges.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const [first, last] = ranges[middle] ?? [0, 0];
      if (codePoint < first) high = middle - 1;
      else if (codePoint > last) low = middle + 1;
      else return true;
    }
    return false;
  };
}

/** Offset of the format 12 subtable. Source: OpenType specification, "cmap". */
function unicodeMap(font: Buffer): number {
  const tables = Array.from({ length: font.readUInt16BE(4) }, (_, index) => 12 + 16 * index);
  const entry = tables.find((at) => font.toString('latin1', at, at + 4) === 'cmap');
  const cmap = entry === undefined ? 0 : font.readUInt32BE(entry + 8);
  const subtables = Array.from({ length: font.readUInt16BE(cmap + 2) }, (_, index) => cmap + 4 + 8 * index);
  const found = subtables
    .map((at) => cmap + font.readUInt32BE(at + 4))
    .find((offset) => font.readUInt16BE(offset) === 12);
  if (entry === undefined || found === undefined) throw new Error('The font has no character map of format 12');
  return found;
}

function rangesOf(font: Buffer, map: number): [number, number][] {
  return Array.from({ length: font.readUInt32BE(map + 12) }, (_, index) => {
    const at = map + 16 + 12 * index;
    return [font.readUInt32BE(at), font.readUInt32BE(at + 4)];
  });
}
