import type { NoAnswer } from '../contract';

/** What the vendor refused before it asked any payer. `person`: a field of the person, which only a person can mend. */
export type Refusal = { readonly kind: 'ours'; readonly noAnswer: NoAnswer } | { readonly kind: 'person'; why: string };

/**
 * Reject reasons that mean, with status 400, that the vendor does not know the payer or cannot ask it (33, 79).
 * Source: Stedi, eligibility troubleshooting.
 */
const payerNotConfigured = new Set(['33', '79']);

/** Reject reasons that mean, beside those, that the payer cannot answer just now. Source: as above. */
const payerOutOfReach = new Set(['42', '80']);

/**
 * Reads the body of a status 400 or 422: faults of the request by their fields (v3: `fieldList`; 2026-06-01: `errors` with
 * paths), or a payer that is not set up. Undefined: the body holds a payer's rejection, or nothing that tells.
 */
export function refusalIn(document: unknown): Refusal | undefined {
  const fields = [...listAt(document, 'fieldList'), ...listAt(document, 'errors')].flatMap(pointerOf);
  if (fields.length > 0) return refusedFields(fields);
  const codes = listAt(document, 'errors').flatMap(codeOf);
  if (codes.some((each) => payerOutOfReach.has(each))) return undefined;
  const code = codes.find((each) => payerNotConfigured.has(each));
  if (code === undefined) return undefined;
  return { kind: 'ours', noAnswer: { why: 'configuration', detail: `payer_not_configured_${code}` } };
}

/** A fault of what is ours goes before one of the person's data. */
function refusedFields(fields: readonly string[]): Refusal {
  const ofPerson = fields.filter((field) => /^\/(?:subscriber|dependents?)\b/.test(field));
  const isOurs = ofPerson.length < fields.length;
  const told = isOurs ? fields.filter((field) => !ofPerson.includes(field)) : ofPerson;
  const detail = ['request_refused', ...told.slice(0, 2)].join(' ').slice(0, 80);
  return isOurs ? { kind: 'ours', noAnswer: { why: 'configuration', detail } } : { kind: 'person', why: detail };
}

/** A JSON pointer of plain names; anything else is not repeated, for it may hold what was sent. */
function pointerOf(entry: unknown): string[] {
  const path = memberOf(entry, 'path');
  return typeof path === 'string' && /^(?:\/[A-Za-z0-9_]{1,24}){1,4}$/.test(path) ? [path] : [];
}

function codeOf(entry: unknown): string[] {
  const code = memberOf(entry, 'code');
  return typeof code === 'string' ? [code] : [];
}

function listAt(document: unknown, name: string): readonly unknown[] {
  const list = memberOf(document, name);
  return Array.isArray(list) ? list : [];
}

/** A member of an object; undefined of anything else. */
export function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
