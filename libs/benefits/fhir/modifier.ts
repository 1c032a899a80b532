import type { Findings } from '../findings';
import type { JsonNode } from '../json/json-node';

/** True when an element carries an extension that changes its meaning; nobody may read such an element without knowing it. */
export function isModified(node: JsonNode, findings: Findings): boolean {
  if (node.list('modifierExtension').length === 0) return false;
  const message = 'An extension that is not known changes the meaning of this element; it is left unread.';
  findings.report('warning', 'modifier_extension', node.get('modifierExtension').source, message);
  return true;
}
