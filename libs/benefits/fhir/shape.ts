import type { Findings } from '../findings';
import type { JsonNode } from '../json/json-node';

/** The elements of a list that are objects; a list that is none and elements that are no objects are reported. */
export function elementsOf(holder: JsonNode, key: string, findings: Findings): JsonNode[] {
  const list = holder.get(key);
  if (!list.exists) return [];
  if (!Array.isArray(list.value)) {
    report(list, 'a list', findings);
    return [];
  }
  return holder.list(key).filter((element) => isObject(element) || report(element, 'an object', findings));
}

/** A member that is true or false; one that is neither is reported. */
export function booleanOf(holder: JsonNode, key: string, findings: Findings): boolean | undefined {
  const { value } = holder.get(key);
  if (value === undefined || value === null || typeof value === 'boolean') return value ?? undefined;
  report(holder.get(key), 'true or false', findings);
  return undefined;
}

/** Says that something is left unread, where and why. */
export function reportUnread(node: JsonNode, why: string, findings: Findings): void {
  findings.report('info', 'unread', node.source, `${why} It is left unread.`);
}

/** True when an element carries an extension that changes its meaning; nobody may read such an element without knowing it. */
export function isModified(node: JsonNode, findings: Findings): boolean {
  if (node.list('modifierExtension').length === 0) return false;
  const message = 'An extension that is not known changes the meaning of this element; it is left unread.';
  findings.report('warning', 'modifier_extension', node.get('modifierExtension').source, message);
  return true;
}

function isObject({ value }: JsonNode): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function report(node: JsonNode, expected: string, findings: Findings): false {
  findings.report('warning', 'wrong_type', node.source, `This is not ${expected}, as it should be; it is left unread.`);
  return false;
}
