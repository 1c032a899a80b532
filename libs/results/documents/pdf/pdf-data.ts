import { chartSvg } from '../chart-svg';
import type { Block, Column, DocumentContent } from '../content';
import { shownContent } from '../shown-text';
import type { Coverage } from './font-coverage';

/** A word longer than this may be broken, after a mark or at last after so many characters: paper has an edge. */
const longestWord = 32;
const breakHere = '\u200b';
/** Stands for what the font cannot show. */
const unshowable = '\u25a1';

/** A document as the template takes it: texts that the font can show, tables with the widths of their columns, charts drawn. */
export function pdfData(given: DocumentContent, coverage: Coverage): string {
  const content = shownContent(given);
  const blocks = content.blocks.map((block) => withLayout(block, content));
  return JSON.stringify({ ...content, blocks }, (key, value: unknown) =>
    typeof value === 'string' && key !== 'svg' ? breakable(showable(value, coverage)) : value,
  );
}

function showable(text: string, coverage: Coverage): string {
  return [...text].map((character) => (coverage(character.codePointAt(0) ?? 0) ? character : unshowable)).join('');
}

function breakable(text: string): string {
  return text.replace(/\S{33,}/g, (word) => {
    const pieces = word.split(/(?<=[*|/_.,;:~^@-])/u).flatMap(inPieces);
    return pieces.join(breakHere);
  });
}

function inPieces(word: string): string[] {
  const characters = [...word];
  const count = Math.ceil(characters.length / longestWord);
  return Array.from({ length: count }, (_, index) =>
    characters.slice(index * longestWord, (index + 1) * longestWord).join(''),
  );
}

function withLayout(block: Block, { print }: DocumentContent): object {
  if (block.kind === 'chart') return { ...block, svg: chartSvg(block.chart, print) };
  if (block.kind !== 'table') return block;
  const { columns, rows, total } = block;
  return { ...block, widths: columns.map((column, at) => widthOf(column, at, total ? [...rows, total] : rows)) };
}

/** By the longest word and the length of the longest cell, within bounds: a long column gets more room, never all of it. */
function widthOf({ title, isAmount }: Column, at: number, rows: readonly (readonly string[])[]): number {
  const cells = [title, ...rows.map((row) => row[at] ?? '')];
  const longestOf = (texts: readonly string[]): number => Math.max(...texts.map(({ length }) => length), 1);
  const word = Math.min(longestOf(cells.flatMap((cell) => cell.split(' '))), longestWord);
  if (isAmount) return Math.min(longestOf(cells), longestWord) + 2;
  return Math.max(word, Math.min(Math.sqrt(longestOf(cells)) * 4, 44)) + 2;
}
