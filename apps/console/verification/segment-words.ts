/** Names of codes in the elements of an EB segment (X12 005010X279A1); service types are those that matter to a program. */
const benefit: Readonly<Record<string, string>> = {
  1: 'Active coverage',
  6: 'Inactive',
  A: 'Coinsurance',
  B: 'Copay',
  C: 'Deductible',
  CB: 'Coverage basis',
  D: 'Benefit description',
  E: 'Exclusion',
  F: 'Limitation',
  G: 'Out-of-pocket maximum',
  H: 'Unlimited',
  I: 'Not covered',
  J: 'Cost containment',
  K: 'Reserve',
  L: 'Primary care provider',
  MC: 'Managed care coordinator',
  N: 'Services restricted to this provider',
  P: 'Benefit disclaimer',
  R: 'Other payer',
  S: 'Prior-year history',
  T: 'Card reported lost',
  U: 'Contact this company for details',
  V: 'Cannot process',
  W: 'Other source of data',
  X: 'Health care facility',
  Y: 'Spend down',
};
const level: Readonly<Record<string, string>> = {
  CHD: 'children only',
  DEP: 'dependents only',
  ECH: 'employee and children',
  EMP: 'employee only',
  ESP: 'employee and spouse',
  FAM: 'family',
  IND: 'individual',
  SPC: 'spouse and children',
  SPO: 'spouse only',
};
const serviceType: Readonly<Record<string, string>> = {
  30: 'the plan as a whole',
  98: 'office visit',
  50: 'hospital outpatient',
  A4: 'psychiatric',
  A6: 'psychotherapy',
  A7: 'psychiatric inpatient',
  A8: 'psychiatric outpatient',
  AI: 'substance use',
  AJ: 'alcohol',
  AK: 'drugs',
  BB: 'partial hospitalization (psychiatric)',
  BC: 'day care (psychiatric)',
  CE: 'mental health, provider inpatient',
  CF: 'mental health, provider outpatient',
  CG: 'mental health facility, inpatient',
  CH: 'mental health facility, outpatient',
  CI: 'substance use facility, inpatient',
  CJ: 'substance use facility, outpatient',
  MH: 'mental health',
  UC: 'urgent care',
  88: 'pharmacy',
  35: 'dental',
  AL: 'vision',
  33: 'chiropractic',
  47: 'hospital',
  48: 'hospital inpatient',
  86: 'emergency services',
  1: 'medical care',
};
const period: Readonly<Record<string, string>> = {
  6: 'per hour',
  7: 'per day',
  13: 'per 24 hours',
  21: 'per year',
  22: 'per service year',
  23: 'per calendar year',
  24: 'used this year',
  25: 'per contract',
  26: 'per episode',
  27: 'per visit',
  29: 'still left',
  32: 'lifetime',
  33: 'lifetime, still left',
  34: 'per month',
  35: 'per week',
  36: 'per admission',
};
const quantity: Readonly<Record<string, string>> = {
  CA: 'covered',
  DY: 'days',
  HS: 'hours',
  VS: 'visits',
  P6: 'services',
  LA: 'lifetime',
  MN: 'months',
};
const yes: Readonly<Record<string, string>> = { Y: 'yes', N: 'no', U: 'unknown' };
const network: Readonly<Record<string, string>> = {
  Y: 'in network',
  N: 'out of network',
  U: 'not said',
  W: 'both in and out of network',
};

export interface Element {
  readonly name: string;
  readonly code: string;
  readonly means: string;
}

/** An EB segment element by element, in words; undefined for any other segment. */
export function elementsOf(raw: string): Element[] | undefined {
  const separator = /^EB([^A-Za-z0-9])/.exec(raw)?.[1];
  if (!separator) return undefined;
  const parts = raw.replace(/~$/, '').split(separator).slice(1);
  const read = (position: number, name: string, means: (code: string) => string | undefined): Element[] => {
    const code = parts[position - 1] ?? '';
    return code.trim() === '' ? [] : [{ name, code, means: means(code) ?? code }];
  };
  return [
    ...read(1, 'What it says', (code) => benefit[code]),
    ...read(2, 'For whom', (code) => level[code]),
    ...read(3, 'For which service', (codes) =>
      splitCodes(codes)
        .map((code) => serviceType[code] ?? `service type ${code}`)
        .join(', '),
    ),
    ...read(5, 'Plan', (code) => code),
    ...read(6, 'Period', (code) => period[code]),
    ...read(7, 'Amount', (code) => `$${code}`),
    ...read(8, 'Percent', percentOf),
    ...read(9, 'Counted in', (code) => quantity[code]),
    ...read(10, 'How many', (code) => code),
    ...read(11, 'Approval needed', (code) => yes[code]),
    ...read(12, 'Network', (code) => network[code]),
  ];
}

/** The repetition separator is whatever the payer chose. */
function splitCodes(codes: string): string[] {
  return codes.split(/[^A-Za-z0-9]+/).filter((code) => code !== '');
}

/** EB08 is a fraction; some payers send a whole number. */
function percentOf(code: string): string | undefined {
  const value = Number(code);
  if (!Number.isFinite(value)) return undefined;
  return `${value <= 1 ? Math.round(value * 10_000) / 100 : value} %`;
}
