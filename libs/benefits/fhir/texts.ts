import type { JsonNode } from '../json/json-node';
import type { StatedText } from '../statement';

/** The payer's words at a place, none when there are none. */
export function textAt(node: JsonNode): StatedText[] {
  const text = node.asText();
  return text === undefined ? [] : [statedText(text, node)];
}

/** Words of the payer with their place; line breaks become one space. */
export function statedText(text: string, node: JsonNode): StatedText {
  return {
    text: text
      .split(/[\r\n]+/)
      .map((line) => line.trim())
      .join(' '),
    source: node.source,
  };
}
