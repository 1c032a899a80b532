import { codeTable } from '../code-table';
import type { StatedDate } from '../statement';
import type { JsonNode } from './json-node';

/** Date fields of the v3 shape as the qualifiers of code list 374 (DTP01). */
const QUALIFIERS = codeTable<string>({
  added: '318',
  admission: '435',
  benefit: '292',
  benefitBegin: '348',
  benefitEnd: '349',
  certification: '458',
  cobra: '340',
  cobraBegin: '340',
  cobraEnd: '341',
  completion: '198',
  coordinationOfBenefits: '290',
  dateOfDeath: '442',
  dateOfLastUpdate: '636',
  discharge: '096',
  effectiveDateOfChange: '152',
  eligibility: '307',
  eligibilityBegin: '356',
  eligibilityEnd: '357',
  enrollment: '382',
  issue: '102',
  latestVisit: '304',
  latestVisitOrConsultation: '304',
  period: '193',
  periodEnd: '194',
  periodStart: '193',
  plan: '291',
  planBegin: '346',
  planEnd: '347',
  policy: '539',
  policyEffective: '539',
  policyExpiration: '540',
  premiumPaidToDate: '342',
  premiumPaidToDateBegin: '342',
  premiumPaidtoDateBegin: '342',
  premiumPaidToDateEnd: '343',
  primaryCareProvider: '295',
  service: '472',
  status: '771',
});

/** Where only the end of a range is said, the qualifier of the end. */
const END_QUALIFIERS = codeTable<string>({
  193: '194',
  290: '345',
  291: '347',
  292: '349',
  307: '357',
  340: '341',
  539: '540',
  342: '343',
});

/** Dates of the v3 shape: members `plan`, `planBegin`, … with `CCYYMMDD` or `CCYYMMDD-CCYYMMDD`. */
export function statedDateFields(dates: JsonNode): StatedDate[] {
  return dates.keys().flatMap((key) => {
    const qualifier = QUALIFIERS[key];
    const node = dates.get(key);
    const value = node.asText();
    return qualifier === undefined || value === undefined ? [] : [{ qualifier, value, source: node.source }];
  });
}

/** Dates of the 2026-06-01 shape: members `plan`, `benefit`, … with `start` and `end`. */
export function statedDateRanges(dates: JsonNode): StatedDate[] {
  return dates.keys().flatMap((key) => {
    const qualifier = QUALIFIERS[key];
    const node = dates.get(key);
    const [start, end] = [node.text('start'), node.text('end')];
    if (qualifier === undefined || (start ?? end) === undefined) return [];
    if (start === undefined)
      return [{ qualifier: END_QUALIFIERS[qualifier] ?? qualifier, value: end ?? '', source: node.source }];
    return [{ qualifier, value: end === undefined ? start : `${start}-${end}`, source: node.source }];
  });
}

/** True for a date that has a qualifier. */
export function isNameOfDate(name: string): boolean {
  return QUALIFIERS[name] !== undefined;
}

/** The date of the check: the first member of `meta` that is named like a date or an instant and is one. */
export function dateInMeta(meta: JsonNode): string | undefined {
  const named = meta.keys().filter((key) => /date|time|created|received|checked|sent|(?:At|On)$/i.test(key));
  return named.map((key) => dateOfInstant(meta.text(key))).find((date) => date !== undefined);
}

/** The date part of an ISO 8601 instant, or a date as it is. */
export function dateOfInstant(text: string | undefined): string | undefined {
  return /^\d{4}-\d{2}-\d{2}(?=$|T)/.exec(text ?? '')?.[0] ?? /^\d{8}(?=$|T|\d{4,6}$)/.exec(text ?? '')?.[0];
}
