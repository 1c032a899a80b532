import { mergeSnapshots, type PartAnswer, type Rejection, type Snapshot } from '@openvob/benefits';
import type { PersonVariation } from '@openvob/payers';
import { wholePlan } from './recipe';
import { isParticipantUnknown, outcomeOfRejections } from './rejection-outcome';
import { asGiven, type Variation, variationKey } from './variation';

/** An inquiry to one payer about one person that is answered. */
export interface AnsweredInquiry {
  id: string;
  serviceType: string;
  variation: Variation;
  snapshot: Snapshot;
}

/** What may be asked of one payer about one person. */
export interface InquiryOptions {
  /** Service types in the order in which they are to be asked for; the first always. */
  serviceTypes: readonly [string, ...string[]];
  /** Variations of the person that the payer takes, and that differ from the inquiry as given and among each other; wanted after a rejection alone. */
  persons(): readonly PersonVariation[];
  hasSecondNpi: boolean;
  /** The admission lies ahead, so that asking for today is another inquiry. */
  isAhead: boolean;
  /** True when nothing is unsaid that another service type could tell and that changes what the family owes. */
  isEnough(snapshot: Snapshot): boolean;
}

/** What to ask next. */
export interface NextInquiry {
  serviceType: string;
  variation: Variation;
}

/**
 * What to ask a payer next about a person, given what it answered: first until it knows the person (a rejection is followed as its class says, once),
 * then for further service types until enough is known. Undefined when nothing is left to ask. Pure, so that a resumed run goes on where the last one
 * stopped.
 *
 * Source of the ladder: `reference/benefits.md` 1.11.
 */
export function nextInquiry(answered: readonly AnsweredInquiry[], options: InquiryOptions): NextInquiry | undefined {
  const [first] = options.serviceTypes;
  const last = answered.at(-1);
  if (!last) return { serviceType: first, variation: asGiven };
  const found = answered.find(isFound);
  const next = found ? furtherServiceType(answered, found, options) : afterRejection(last, answered, options);
  return next && answered.some((one) => isSame(one, next)) ? undefined : next;
}

/** What a payer said of a person in all of its answers; a rejection when it said nothing else. */
export function answerOf(answered: readonly [AnsweredInquiry, ...AnsweredInquiry[]]): {
  /** The inquiry that the payer first answered so. */
  inquiryId: string;
  snapshot: Snapshot;
  variation: Variation;
} {
  const found = answered.find(isFound);
  if (!found) {
    const decisive = decisiveRejection(answered);
    return { inquiryId: decisive.id, snapshot: decisive.snapshot, variation: decisive.variation };
  }
  const [first, ...others] = answered.map((one): PartAnswer => ({ answer: one.id, snapshot: one.snapshot }));
  const snapshot = first ? mergeSnapshots([first, ...others]) : found.snapshot;
  return { inquiryId: found.id, snapshot, variation: found.variation };
}

/** True when the payer answered with benefits: it knows the person. */
export function isFound({ snapshot }: AnsweredInquiry): boolean {
  return snapshot.outcome === 'benefits';
}

/** Of several rejections the first of the kind that ended it: what the payer has against the inquiry as it was given. */
function decisiveRejection(answered: readonly [AnsweredInquiry, ...AnsweredInquiry[]]): AnsweredInquiry {
  const last = answered.at(-1) ?? answered[0];
  const kind = outcomeOfRejections(last.snapshot.rejections).decisive?.class;
  return answered.find(({ snapshot }) => outcomeOfRejections(snapshot.rejections).decisive?.class === kind) ?? last;
}

/** The next service type of the recipe, asked for about the person as the payer knows them. */
function furtherServiceType(
  answered: readonly AnsweredInquiry[],
  { variation }: AnsweredInquiry,
  { serviceTypes, isEnough }: InquiryOptions,
): NextInquiry | undefined {
  const asked = new Set(
    answered.filter((one) => variationKey(one.variation) === variationKey(variation)).map((one) => one.serviceType),
  );
  const serviceType = serviceTypes.find((code) => !asked.has(code));
  const [first, ...others] = answered.map((one): PartAnswer => ({ answer: one.id, snapshot: one.snapshot }));
  if (serviceType === undefined || !first || isEnough(mergeSnapshots([first, ...others]))) return undefined;
  return { serviceType, variation };
}

/** Codes after which a date in the future is worth replacing by today. */
const dateCodes: ReadonlySet<string> = new Set(['56', '57', '62', '63']);
/** Codes after which the facility's other NPI is worth a try: identification, eligibility, not on file. */
const providerCodes: ReadonlySet<string> = new Set(['43', '50', '51']);
/** Codes that turn down what was asked for, not the person: benefit inconsistent with provider type, procedure qualifier, procedure, both. */
const serviceCodes: ReadonlySet<string> = new Set(['53', '54', '55', 'AG']);
/** Codes of the person's data that a variation may mend; of sex and age none does. */
const personCodes: ReadonlySet<string> = new Set([
  '58',
  '64',
  '65',
  '67',
  '68',
  '71',
  '72',
  '73',
  '75',
  '76',
  '77',
  '78',
]);
/** Of a birth date that differs, another one than the dependent's may be meant: that alone is tried. */
const birthDateCodes: ReadonlySet<string> = new Set(['58', '71']);
/** Follow-ups after which nothing is sent before 30 or 10 days. */
const patience: ReadonlySet<string> = new Set(['W', 'X']);
/** Follow-up after which no guess is made about the person: resubmission not allowed. */
const notAllowed = 'N';

function afterRejection(
  last: AnsweredInquiry,
  answered: readonly AnsweredInquiry[],
  options: InquiryOptions,
): NextInquiry | undefined {
  const { serviceType, variation, snapshot } = last;
  const { rejections } = snapshot;
  const { decisive } = outcomeOfRejections(rejections);
  const says = (codes: ReadonlySet<string>) => rejections.some(({ code }) => codes.has(code));
  if (!decisive || rejections.some(({ followUp }) => patience.has(followUp ?? ''))) return undefined;
  switch (decisive.class) {
    case 'date':
      if (variation.forToday || !options.isAhead || !says(dateCodes)) return undefined;
      return { serviceType, variation: { ...variation, forToday: true } };
    case 'provider_enrollment':
      return says(providerCodes) ? withSecondNpi(last, options) : undefined;
    case 'configuration':
      return isParticipantUnknown(rejections) ? withSecondNpi(last, options) : undefined;
    case 'business':
    case 'request':
      return refusesService(rejections) && serviceType !== wholePlan
        ? { serviceType: wholePlan, variation }
        : undefined;
    case 'member_data': {
      if (!says(personCodes) || rejections.some(({ followUp }) => followUp === notAllowed)) return undefined;
      const person = nextPerson(rejections, answered, options.persons());
      return person && { serviceType, variation: { ...variation, person } };
    }
    default:
      return undefined;
  }
}

/** The same with the facility's other NPI, once. */
function withSecondNpi(
  { serviceType, variation }: AnsweredInquiry,
  { hasSecondNpi }: InquiryOptions,
): NextInquiry | undefined {
  if (variation.secondNpi || !hasSecondNpi) return undefined;
  return { serviceType, variation: { ...variation, secondNpi: true } };
}

/** The next variation that was not tried, in the order of the ladder. */
function nextPerson(
  rejections: readonly Rejection[],
  answered: readonly AnsweredInquiry[],
  persons: readonly PersonVariation[],
): PersonVariation | undefined {
  const tried = new Set(answered.map(({ variation }) => variation.person));
  const worthTrying = rejections.every(({ code }) => birthDateCodes.has(code))
    ? persons.filter((person) => person === 'dependent_as_subscriber')
    : persons;
  return worthTrying.find((person) => !tried.has(person));
}

/** True when a rejection turns down what was asked for, not the person. */
export function refusesService(rejections: readonly Rejection[]): boolean {
  return rejections.some(({ code }) => serviceCodes.has(code));
}

function isSame(answered: AnsweredInquiry, next: NextInquiry): boolean {
  return answered.serviceType === next.serviceType && variationKey(answered.variation) === variationKey(next.variation);
}
