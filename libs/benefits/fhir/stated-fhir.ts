import { boundedFindings } from '../bounded-findings';
import type { JsonNode } from '../json/json-node';
import type { Issue } from '../snapshot';
import type { StatedAnswer } from '../statement';
import { readDocument } from './document';
import { releaseOf } from './release';
import { statedResponse } from './response';

/** The release of a FHIR document with an eligibility response, alone or in a Bundle; `undefined` for any other document. */
export function fhirReleaseOf(root: JsonNode): 'fhir-r4' | 'fhir-r5' | undefined {
  const document = readDocument(root);
  return document.responses.length === 0 ? undefined : releaseOf(document);
}

/**
 * One answer for each eligibility response of a FHIR document, in file order. R4 and R5 are read alike: where they differ
 * both shapes are looked for. `issues`: faults of the document and what of it is left unread.
 */
export function statedFhir(root: JsonNode): { answers: StatedAnswer[]; issues: Issue[] } {
  const findings = boundedFindings();
  const document = readDocument(root);
  const answers = document.responses.map((response) => statedResponse({ response, document }, findings));
  return { answers, issues: findings.issues };
}
