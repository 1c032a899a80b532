import type { StatedText } from '../statement';
import type { JsonNode } from './json-node';

/** A payer's message; line breaks inside become one space. None when it is blank or no text. */
export function statedMessage(node: JsonNode): StatedText[] {
  const text = node.asText()?.replace(/\s*[\r\n]+\s*/g, ' ');
  return text === undefined ? [] : [{ text, source: node.source }];
}
