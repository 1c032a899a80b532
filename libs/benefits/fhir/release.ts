import type { JsonNode } from '../json/json-node';
import { type FhirDocument, typeOf } from './document';

/** Members of `Coverage` that R4 does not have. */
const COVERAGE_OF_R5 = ['kind', 'paymentBy', 'insurer', 'insurancePlan'];
const PROFILE_OF_R5 = /\/fhir\/(?:5\.0|R5)\//i;

/**
 * The release of FHIR: R5 where anything is there that R4 does not have, else R4. Source: FHIR R5, CoverageEligibilityResponse
 * (event, error.expression) and Coverage (kind, paymentBy, insurer, insurancePlan, subscriberId and class.value as identifiers).
 */
export function releaseOf({ responses, byName, byUrl }: FhirDocument): 'fhir-r4' | 'fhir-r5' {
  const beside = [...byName.values(), ...byUrl.values()];
  const contained = responses.flatMap((response) => response.list('contained'));
  const coverages = [...beside, ...contained].filter((resource) => typeOf(resource) === 'Coverage');
  const isR5 = responses.some(isResponseOfR5) || coverages.some(isCoverageOfR5) || beside.some(hasProfileOfR5);
  return isR5 ? 'fhir-r5' : 'fhir-r4';
}

function isResponseOfR5(response: JsonNode): boolean {
  const hasExpression = response.list('error').some((error) => error.get('expression').exists);
  return response.get('event').exists || hasExpression || hasProfileOfR5(response);
}

function isCoverageOfR5(coverage: JsonNode): boolean {
  const hasIdentifiers = coverage.list('class').some((each) => each.at('value', 'value').exists);
  return (
    COVERAGE_OF_R5.some((key) => coverage.get(key).exists) ||
    Array.isArray(coverage.get('subscriberId').value) ||
    hasIdentifiers
  );
}

function hasProfileOfR5(resource: JsonNode): boolean {
  return resource
    .get('meta')
    .list('profile')
    .some((profile) => PROFILE_OF_R5.test(profile.asText() ?? ''));
}
