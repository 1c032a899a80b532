import type { Findings } from '../findings';
import { given } from '../given';
import type { JsonNode } from '../json/json-node';
import { booleanOf, elementsOf } from '../json/shape';
import { isPlanLevel } from '../service-types';
import type { StatedAnswer, StatedRejection, StatedRow, StatedText } from '../statement';
import { conceptText, rawCode } from './concepts';
import { type Insured, readInsured } from './coverage';
import { dayOf } from './dates';
import { type Answering, resolve } from './document';
import { type StatedItem, statedItem } from './item';
import { isModified } from './modifier';
import { payerOf, providerOf } from './parties';
import { isOfAnother, peopleOf } from './people';
import { statedText, textAt } from './texts';

/** What became of the response itself. Source: FHIR, CoverageEligibilityResponse.status, a modifier element. */
const WITHDRAWN = new Set(['cancelled', 'entered-in-error']);

/**
 * A CoverageEligibilityResponse as an answer about its patient. Faults and what is left unread are reported. Source: HL7 FHIR
 * R4 (4.0.1) and R5 (5.0.0), CoverageEligibilityResponse.
 */
export function statedResponse(answering: Answering, findings: Findings): StatedAnswer {
  const { response } = answering;
  reportPatient(answering, findings);
  const insured = usableInsurances(response, findings).map((insurance) => insuredAt(insurance, answering, findings));
  const read = insured.map((each) => statedInsurance(each, insured.length > 1, findings));
  const errors = elementsOf(response, 'error', findings);
  reportOutcome(response, errors, findings);
  return {
    ...given({ payer: payerOf(answering, insured[0]?.coverage), provider: providerOf(answering) }),
    ...peopleOf(answering, insured),
    rejections: errors.flatMap((error) => statedError(error, findings)),
    rows: read.flatMap(({ rows }) => rows),
    messages: [
      ...textAt(response.get('disposition')),
      ...errors.flatMap((error) => wordsOf(error.get('code'))),
      ...read.flatMap(({ texts }) => texts),
    ],
    traces: [],
    source: response.source,
    ...given({ serviceDate: servicedOn(response), transactionDate: dayOf(response.text('created')) }),
  };
}

/** The date of service; a period counts from its start. */
function servicedOn(response: JsonNode): string | undefined {
  return dayOf(response.text('servicedDate')) ?? dayOf(response.get('servicedPeriod').text('start'));
}

/** None when the payer took the response back, or when something unknown changes its meaning. */
function usableInsurances(response: JsonNode, findings: Findings): JsonNode[] {
  const status = response.text('status');
  if (status !== undefined && WITHDRAWN.has(status)) {
    const message = `The response is marked ${status}; its benefits are left unread.`;
    findings.report('error', 'withdrawn', response.get('status').source, message);
    return [];
  }
  if (status === 'draft') {
    findings.report('warning', 'draft', response.get('status').source, 'The response is still being prepared.');
  }
  if (isModified(response, findings)) return [];
  return elementsOf(response, 'insurance', findings).filter((insurance) => !isModified(insurance, findings));
}

function insuredAt(insurance: JsonNode, answering: Answering, findings: Findings): Insured {
  const reference = insurance.get('coverage');
  const coverage = resolve(reference, answering, 'Coverage');
  if (coverage === undefined && reference.exists) reportUnresolved(reference, 'the coverage', findings);
  if (coverage !== undefined && isOfAnother(coverage, answering)) {
    const message = 'The coverage is of another beneficiary than the patient of the response.';
    findings.report('warning', 'conflict', coverage.get('beneficiary').source, message);
  }
  return readInsured(insurance, coverage, findings);
}

function statedInsurance(of: Insured, isOneOfMany: boolean, findings: Findings): StatedItem {
  const { insurance, plan, references, benefitDates: dates } = of;
  const inforce = booleanOf(insurance, 'inforce', findings);
  const ofItems = { inforce, dates, ...(isOneOfMany ? given({ plan }) : {}) };
  const items = elementsOf(insurance, 'item', findings).map((item) => statedItem(item, ofItems, findings));
  const coverage: StatedRow = {
    source: insurance.get('inforce').source,
    code: inforce === true ? '1' : '6',
    serviceTypes: [],
    ...given({ plan }),
    dates,
    messages: [],
    deliveries: [],
    placesOfService: [],
    references,
    entities: [],
  };
  const rows = items.flatMap((item) => item.rows);
  return {
    rows: inforce === undefined ? withPlan(rows, plan) : [coverage, ...rows],
    texts: items.flatMap((item) => item.texts),
  };
}

/** Without a word on whether the coverage is in force, what is said of the plan as a whole names the plan. */
function withPlan(rows: readonly StatedRow[], plan: string | undefined): StatedRow[] {
  const isOnPlan = (row: StatedRow) => /^[1-8]$/.test(row.code) && isPlanLevel(row.serviceTypes);
  return rows.map((row) => (isOnPlan(row) ? { ...given({ plan }), ...row } : row));
}

function statedError(error: JsonNode, findings: Findings): StatedRejection[] {
  const code = rawCode(error.get('code'));
  if (code !== undefined) return [{ level: 'payer', code, isForeign: true, source: error.source }];
  findings.report('warning', 'error_without_code', error.source, 'The payer reports an error without saying which.');
  return [];
}

function reportOutcome(response: JsonNode, errors: readonly JsonNode[], findings: Findings): void {
  const outcome = response.get('outcome');
  const { source } = outcome;
  if (outcome.value === 'queued') {
    findings.report('warning', 'not_complete', source, 'The payer has not answered yet; ask for the response again.');
  }
  if (outcome.value === 'partial') {
    findings.report('warning', 'not_complete', source, 'The payer has answered in part; the rest may follow.');
  }
  if (outcome.value === 'error' && errors.length === 0) {
    findings.report('error', 'error_without_code', source, 'The payer could not answer and does not say why.');
  }
}

function reportPatient(answering: Answering, findings: Findings): void {
  const reference = answering.response.get('patient');
  const isKnown = resolve(reference, answering, 'Patient') !== undefined;
  if (reference.exists && !isKnown) reportUnresolved(reference, 'the patient', findings);
}

function reportUnresolved(reference: JsonNode, what: string, findings: Findings): void {
  const message = `The document does not hold ${what} to which this refers.`;
  findings.report('info', 'unresolved_reference', reference.source, message);
}

function wordsOf(concept: JsonNode): StatedText[] {
  const text = conceptText(concept);
  return text === undefined ? [] : [statedText(text, concept)];
}
