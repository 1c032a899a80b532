import type { Findings } from '../findings';
import { codeOfName } from '../json/code-names';
import type { JsonNode } from '../json/json-node';
import { reportUnread } from '../json/shape';

type Names = Parameters<typeof codeOfName>[1];

/** The code of a value that is spelled out; a value that is on no list is reported. */
export function spelled(node: JsonNode, names: Names, findings: Findings): string | undefined {
  if (isUnlisted(node, names)) reportUnread(node, 'The value is not on the list of this format.', findings);
  return codeOfName(node.asText(), names);
}

/** True for a value that is said, but is on no list. */
export function isUnlisted(node: JsonNode, names: Names): boolean {
  const isBlank = typeof node.value === 'string' && node.asText() === undefined;
  return node.exists && !isBlank && codeOfName(node.asText(), names) === undefined;
}
