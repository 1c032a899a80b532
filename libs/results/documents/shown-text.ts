import type { DocumentContent } from './content';

/** Whoever sends more than this in one piece is cut off: a document is no archive. */
const longestText = 4000;

/**
 * A text from anywhere as it may stand on paper: on one line, composed, without characters that command (control characters, marks that turn the
 * direction of writing, invisible ones, halves of characters). What it says is kept; what it would do is not.
 *
 * @example
 * shownText('Ann\u202e\u0000  Lee') // 'Ann Lee'
 */
export function shownText(text: string): string {
  const composed = text.normalize('NFC');
  const plain = composed
    .replace(/[\s\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Variation_Selector}]/gu, '')
    .replace(/(\p{M}{3})\p{M}+/gu, '$1')
    .trim();
  return plain.length <= longestText ? plain : `${[...plain].slice(0, longestText).join('')} …`;
}

/** The same content with every text in it as it may be shown. */
export function shownContent(content: DocumentContent): DocumentContent {
  return cleaned(content) as DocumentContent;
}

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return shownText(value);
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cleaned(inner)]));
}
