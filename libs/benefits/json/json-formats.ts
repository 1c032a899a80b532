import type { CivilDate } from '../civil-date';
import { fhirReleaseOf, statedFhir } from '../fhir/stated-fhir';
import { interpret } from '../interpret';
import type { Issue, Snapshot } from '../snapshot';
import type { StatedAnswer } from '../statement';
import { isStedi2026, statedStedi2026 } from '../stedi-2026/stated-stedi-2026';
import { BENEFIT_CODES } from './code-names';
import { JsonNode } from './json-node';

import { isStediV3, statedStediV3 } from './stedi-v3';

export type JsonFormat = 'stedi-v3' | 'stedi-2026-06-01' | 'fhir-r4' | 'fhir-r5';

interface Reader {
  recognises(root: JsonNode): boolean;
  read(root: JsonNode): { answers: StatedAnswer[]; issues: Issue[] };
}

/** The JSON answers that are read, the surest sign first. */
const READERS: Readonly<Record<JsonFormat, Reader>> = {
  'fhir-r5': { recognises: (root) => fhirReleaseOf(root) === 'fhir-r5', read: statedFhir },
  'fhir-r4': { recognises: (root) => fhirReleaseOf(root) === 'fhir-r4', read: statedFhir },
  'stedi-2026-06-01': { recognises: isStedi2026, read: statedStedi2026 },
  'stedi-v3': { recognises: isStediV3, read: (root) => ({ answers: statedStediV3(root), issues: [] }) },
};

/** The format of a parsed JSON document; `undefined` when it is no answer of a payer. */
export function jsonFormatOf(document: unknown): JsonFormat | undefined {
  return formatAt(rootOf(document));
}

/**
 * Everything that a parsed JSON answer says, one snapshot for each person answered.
 *
 * @param options.on the date of service to work it out for; without it the one that the answer names.
 */
export function snapshotsOfJson(
  document: unknown,
  format: JsonFormat,
  options: { on?: CivilDate } = {},
): { snapshots: Snapshot[]; issues: Issue[] } {
  const { answers, issues } = READERS[format].read(rootOf(document));
  const read = answers.map((answer) => interpret(answer, options.on));
  return {
    snapshots: read.map(({ snapshot }) => snapshot),
    issues: [...issues, ...answers.flatMap(unknownCodes), ...read.flatMap((each) => each.issues)],
  };
}

/** An example in API descriptions stands in a wrapper, as its `value`. */
function rootOf(document: unknown): JsonNode {
  const root = new JsonNode(document);
  const wrapped = root.get('value');
  return formatAt(root) === undefined && formatAt(wrapped) !== undefined ? wrapped : root;
}

function formatAt(root: JsonNode): JsonFormat | undefined {
  return (Object.keys(READERS) as JsonFormat[]).find((format) => READERS[format].recognises(root));
}

/** Rows whose kind is no code of the list; the guide's check does this for X12. */
function unknownCodes({ rows }: StatedAnswer): Issue[] {
  const known = new Set(Object.values(BENEFIT_CODES));
  return rows
    .filter(({ code }) => !known.has(code))
    .map(({ source }) => ({
      severity: 'warning',
      code: 'code_not_allowed',
      at: source.path ?? '',
      message: 'The kind of this benefit is not on the list; the row is passed over.',
    }));
}
