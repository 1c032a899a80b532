import { BENEFIT_CODES, codeOfName, LEVEL_CODES, NETWORK_CODES, PERIOD_CODES } from '../json/code-names';
import { type CodeList, codeList } from './concepts';
import { isServiceType, serviceTypeNamed } from './service-type-names';

/** What a type of benefit is in the terms of an EB segment. */
export interface BenefitType {
  /** EB01, code list 1390. */
  readonly code: string;
  /** EB09 of what is counted. */
  readonly unit?: 'VS';
  /** True when a bare number is a percentage, 20 for 20 %. */
  readonly isPercentage?: boolean;
  /** True when the amount caps the share that stands beside it. */
  readonly isCap?: boolean;
}

/** Categories of HL7's example list that code list 1365 does not have: medical, dental, hearing and vision coverage. */
const CATEGORIES_OF_HL7 = new Set(['F1', 'F3', 'F4', 'F6']);

/**
 * `benefit-type`: what is read of it. Left unread: `room`, `vision-…`, `medical-…` and `pharmacy-…`, which name a service and
 * leave open what of it the figure is. Source: terminology.hl7.org CodeSystem/benefit-type 1.0.1.
 */
const HL7_BENEFITS = withNames<BenefitType>(
  codeList(/benefit-type\/?$/, {
    benefit: { code: 'F' },
    deductible: { code: 'C' },
    visit: { code: 'F', unit: 'VS' },
    copay: { code: 'B' },
    'copay-percent': { code: 'A', isPercentage: true },
    'copay-maximum': { code: 'B', isCap: true },
  }),
  {
    'Copayment per service': 'copay',
    'Copayment Percent per service': 'copay-percent',
    'Copayment maximum per service': 'copay-maximum',
  },
);

/** The same as `Coverage` words it; it alone has an out-of-pocket maximum. Source: CodeSystem/coverage-copay-type 1.0.1. */
const HL7_COPAYS = codeList<BenefitType>(/coverage-copay-type\/?$/, {
  copay: { code: 'B' },
  copaypct: { code: 'A', isPercentage: true },
  deductible: { code: 'C' },
  maxoutofpocket: { code: 'G' },
});

/** Names that senders write for percentages in hundredths. Source: Medplum, eligibility check by Candid Health. */
const PERCENTAGES = /^co-?insurance ?percent$/i;

/** EB01 by its code or name. Canvas Medical marks rows that it could not express with "(Incomplete information)". */
const X12_BENEFITS: CodeList<BenefitType> = {
  systems: /x12\b.{0,100}\b1390\/?$/,
  code: (code) => (Object.values(BENEFIT_CODES).includes(code) ? { code } : undefined),
  named: (name) => {
    if (PERCENTAGES.test(name)) return { code: 'A', isPercentage: true };
    const code = codeOfName(name.replace(/ \(Incomplete information\)$/, ''), BENEFIT_CODES);
    return code === undefined ? undefined : { code };
  },
};

/** Types of benefits, the list with the surest meaning first. */
export const BENEFIT_TYPES: readonly CodeList<BenefitType>[] = [HL7_BENEFITS, HL7_COPAYS, X12_BENEFITS];

/** EB03. Source: ex-benefitcategory 1.0.1, whose codes are those of code list 1365 and four of its own; X12. */
export const SERVICE_TYPES: CodeList<string> = {
  systems: /ex-benefitcategory\/?$|x12\.org\/codes\/service-type-codes\/?$|x12\b.{0,100}\b1365\/?$/,
  code: (code) => (isServiceType(code) || CATEGORIES_OF_HL7.has(code) ? code : undefined),
  named: serviceTypeNamed,
};

/** EB12. Source: CodeSystem/benefit-network. */
export const NETWORKS: CodeList<string> = {
  ...codeList(/benefit-network\/?$/, { in: 'Y', out: 'N' }),
  named: (name) => codeOfName(name, NETWORK_CODES),
};

/** EB02. Source: CodeSystem/benefit-unit. */
export const UNITS: CodeList<string> = {
  ...codeList(/benefit-unit\/?$/, { individual: 'IND', family: 'FAM' }),
  named: (name) => codeOfName(name, LEVEL_CODES),
};

/**
 * EB06. `annual` renews on the anniversary, of which nothing says whether it is the plan's or the calendar's: a year.
 * Source: CodeSystem/benefit-term.
 */
export const TERMS: CodeList<string> = {
  ...codeList(/benefit-term\/?$/, { annual: '21', day: '7', lifetime: '32' }),
  named: (name) => (/^annual$/i.test(name) ? '21' : codeOfName(name, PERIOD_CODES)),
};

/** How the beneficiary relates to the subscriber, as code list 1069; `other` for the rest. */
export const RELATIONSHIPS = codeList<'self' | 'other' | '01' | '19'>(/subscriber-relationship\/?$/, {
  self: 'self',
  spouse: '01',
  child: '19',
  parent: 'other',
  common: 'other',
  other: 'other',
});

function withNames<T>(list: CodeList<T>, names: Readonly<Record<string, string>>): CodeList<T> {
  const codes = new Map(Object.entries(names).map(([name, code]) => [name.toLowerCase(), code]));
  return { ...list, named: (name) => list.code(codes.get(name.toLowerCase()) ?? name.toLowerCase()) };
}
