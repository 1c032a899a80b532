import {
  type Accumulator,
  type CostShare,
  type Limit,
  type Net,
  type Period,
  placeName,
  type Rejection,
  type Source,
  serviceTypeName,
} from '@openvob/benefits';
import type { DecisionKind, ReadFormat } from '@openvob/coverage';

export const FORMAT_WORDS: Readonly<Record<ReadFormat, string>> = {
  'x12-271': 'X12 271',
  'x12-999': 'X12 999',
  'x12-ta1': 'X12 TA1',
  'stedi-v3': 'Stedi JSON, version 3',
  'stedi-2026-06-01': 'Stedi JSON, version 2026-06-01',
  'fhir-r4': 'FHIR R4',
  'fhir-r5': 'FHIR R5',
};

export const NETWORK_WORDS: Readonly<Record<Net, string>> = {
  in: 'in network',
  out: 'out of network',
  either: 'in or out of network',
  unknown: 'network not said',
};

export const TRACK_WORDS = {
  sud: 'substance use',
  mh: 'mental health',
  dual: 'substance use and mental health',
} as const;

export const PER_WORDS: Readonly<Record<NonNullable<CostShare['per']>, string>> = {
  visit: 'a visit',
  day: 'a day',
  week: 'a week',
  month: 'a month',
  admission: 'an admission',
  episode: 'an episode',
  year: 'a year',
};

/** A period in which something is counted; nothing when the payer names none. */
export const PERIOD_WORDS: Readonly<Record<Period, string>> = {
  service_year: 'service year',
  calendar_year: 'calendar year',
  year: 'year',
  contract: 'contract',
  lifetime: 'lifetime',
  visit: 'a visit',
  day: 'a day',
  week: 'a week',
  month: 'a month',
  episode: 'an episode',
  admission: 'an admission',
  unspecified: '',
};

export const ACCUMULATOR_WORDS: Readonly<Record<Accumulator['kind'], string>> = {
  deductible: 'Deductible',
  out_of_pocket: 'Out-of-pocket maximum',
};

export const LEVEL_WORDS: Readonly<Record<Accumulator['level'], string>> = {
  individual: 'individual',
  family: 'family',
  other: 'other members',
  unknown: 'for whom not said',
};

export const UNIT_WORDS: Readonly<Record<Limit['unit'], string>> = {
  visits: 'Visits',
  days: 'Days',
  hours: 'Hours',
  dollars: 'Dollars',
  other: 'Units',
};

export const DECISION_WORDS: Readonly<Record<DecisionKind, string>> = {
  covered: 'Covered.',
  covered_with_conditions: 'Covered, with conditions.',
  not_covered: 'Not covered.',
  carved_out: 'Somebody else administers this benefit and has to be asked.',
  other_payer: 'Another payer or plan has to be asked instead.',
  unknown: 'Not known from this answer.',
};

export const CONDITION_WORDS: ReadonlyMap<string, string> = new Map([
  ['authorization_required', 'Prior authorization is required.'],
  ['visit_limit', 'The number of visits is limited.'],
  ['day_limit', 'The number of days is limited.'],
  ['dollar_limit', 'The plan pays up to a limit in dollars.'],
  ['separate_deductible', 'Behavioral health has a deductible of its own.'],
  ['referral_required', 'A referral is required.'],
  ['restricted_provider', 'Only the provider that the plan names may serve.'],
  ['tier_unknown', 'The figures depend on the tier of the provider, which the payer does not tell.'],
]);

export const REJECTION_WORDS: Readonly<Record<Rejection['class'], string>> = {
  transient: 'the payer cannot answer now',
  member_data: "the patient's data",
  provider_enrollment: "the provider's enrollment",
  configuration: 'the connection to the payer',
  request: 'the request',
  date: 'a date',
  business: 'a matter to call about',
  do_not_resend: 'do not send again',
};

/** `Mental health (MH)`; a code without a name stands alone. */
export function serviceType(code: string): string {
  const name = serviceTypeName(code);
  return name === undefined ? code : `${name} (${code})`;
}

/** Service types in words; none at all means the plan as a whole. */
export function serviceTypes(codes: readonly string[]): string {
  return codes.length === 0 ? 'Health plan as a whole (no service type)' : codes.map(serviceType).join(', ');
}

/** `office (11)`. */
export function place(code: string): string {
  const name = placeName(code);
  return name === undefined ? `place ${code}` : `${name} (${code})`;
}

/** `2026-01-01 to 2026-12-31`; an end that nobody said is left out. */
export function span({ from, to }: { readonly from?: string; readonly to?: string }): string {
  if (from === undefined) return to === undefined ? '' : `to ${to}`;
  return to === undefined ? `from ${from}` : `${from} to ${to}`;
}

/** Segments as `#12-14 #20`, places in JSON as their pointers; each once, in the order given. */
export function sourceText(sources: readonly Source[]): string {
  const pointers = sources.flatMap(({ path }) => path ?? []);
  const numbers = sources.flatMap(({ segment, path }) =>
    segment === undefined || path !== undefined ? [] : [segment],
  );
  return [...runs([...new Set(numbers)]), ...new Set(pointers)].join(' ');
}

/** The place of an issue, `segment 12` as `#12`. */
export function placeText(at: string): string {
  return at.replace(/^segment (\d+)$/, '#$1');
}

function runs(numbers: readonly number[]): string[] {
  const found: [number, number][] = [];
  for (const number of numbers) {
    const last = found.at(-1);
    if (last !== undefined && last[1] === number - 1) last[1] = number;
    else found.push([number, number]);
  }
  return found.map(([first, last]) => (first === last ? `#${first}` : `#${first}-${last}`));
}
