import type { StatedText } from '../statement';
import type { JsonNode } from './json-node';

/** A payer's message; line breaks inside become one space. None when it is blank or no text. */
export function statedMessage(node: JsonNode): StatedText[] {
  const text = node.asText();
  return text === undefined ? [] : [{ text: inOneLine(text), source: node.source }];
}

function inOneLine(text: string): string {
  if (!/[\r\n]/.test(text)) return text;
  const lines = text.split(/[\r\n]/).map((line) => line.trim());
  return lines.filter((line) => line !== '').join(' ');
}
