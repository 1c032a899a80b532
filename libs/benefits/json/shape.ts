import type { Findings } from '../findings';
import type { JsonNode } from './json-node';

/** The elements of a list that are objects; a list that is none and elements that are no objects are reported. */
export function elementsOf(holder: JsonNode, key: string, findings: Findings): JsonNode[] {
  return listOf(holder, key, findings).filter(
    (element) => isObject(element) || reportType(element, 'an object', findings),
  );
}

/** The elements of a list that are texts; a list that is none and elements that are no texts are reported. */
export function textsOf(holder: JsonNode, key: string, findings: Findings): JsonNode[] {
  return listOf(holder, key, findings).filter((element) => isText(element) || reportType(element, 'a text', findings));
}

/** A member that is true or false; one that is neither is reported. */
export function booleanOf(holder: JsonNode, key: string, findings: Findings): boolean | undefined {
  const { value } = holder.get(key);
  if (value === undefined || value === null || typeof value === 'boolean') return value ?? undefined;
  reportType(holder.get(key), 'true or false', findings);
  return undefined;
}

/** A member that is a text or a number, as text; one that is neither is reported. */
export function textOf(holder: JsonNode, key: string, findings: Findings): string | undefined {
  const node = holder.get(key);
  if (node.exists && !isText(node)) reportType(node, 'a text', findings);
  return node.asText();
}

/** A member that is an object; nothing when there is none, and when it is something else, which is reported. */
export function objectOf(holder: JsonNode, key: string, findings: Findings): JsonNode | undefined {
  const node = holder.get(key);
  if (!node.exists || isObject(node)) return node.exists ? node : undefined;
  reportType(node, 'an object', findings);
  return undefined;
}

/** Says that something is left unread, where and why. */
export function reportUnread(node: JsonNode, why: string, findings: Findings): void {
  findings.report('info', 'unread', node.source, `${why} It is left unread.`);
}

function listOf(holder: JsonNode, key: string, findings: Findings): JsonNode[] {
  const list = holder.get(key);
  if (!list.exists || Array.isArray(list.value)) return holder.list(key);
  reportType(list, 'a list', findings);
  return [];
}

function isObject({ value }: JsonNode): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText({ value }: JsonNode): boolean {
  return typeof value === 'string' || typeof value === 'number';
}

function reportType(node: JsonNode, expected: string, findings: Findings): false {
  findings.report('warning', 'wrong_type', node.source, `This is not ${expected}, as it should be; it is left unread.`);
  return false;
}
