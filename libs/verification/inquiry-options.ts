import type { Snapshot } from '@openvob/benefits';
import { type PersonVariation, personVariations } from '@openvob/payers';
import type { Way } from './connection-choice';
import { type InquirySubject, inquiryOf } from './inquiry-of';
import type { InquiryOptions } from './next-inquiry';
import type { Facility } from './ports';
import { hasLiveConsent } from './readiness';
import { type RecipeSituation, recipeFor, type ServiceTypeMemory, wholePlan } from './recipe';
import { type RunInProgress, type Target, trackOf } from './run-in-progress';
import { asGiven, type Variation } from './variation';

/** What is unsaid and a payer can tell by another service type (codes of `unsaidIn`); network, tier and plan year it tells with the whole plan or never. */
const tellable: ReadonlySet<string> = new Set([
  'behavioral_coverage',
  'cost_share',
  'copay_unit',
  'deductible',
  'deductible_remaining',
  'out_of_pocket',
  'out_of_pocket_remaining',
  'limits',
  'authorization',
]);

/** An estimate counts two coverages of a request; of a third one only the plan is asked for. */
const thirdCoverage = 2;

/** The service types to ask a payer for, by the place of its coverage. */
export function serviceTypesFor({
  position,
  ...situation
}: RecipeSituation & { position: number }): readonly [string, ...string[]] {
  const [first, ...further] = recipeFor(situation);
  return position === thirdCoverage ? [first] : [first, ...further];
}

/** What may be asked about a target over a way. */
export function inquiryOptions(
  run: RunInProgress,
  target: Target,
  way: Way,
  known: { memory: readonly ServiceTypeMemory[]; unsaid(snapshot: Snapshot): readonly string[]; now: Date },
): InquiryOptions {
  const { claim, today, serviceDate } = run;
  return {
    serviceTypes: serviceTypesFor({
      position: target.position,
      track: trackOf(claim),
      hasConsent: !claim.facility.inquiresAs && hasLiveConsent(claim, today, target.payer.id),
      supported: way.connection.serviceTypes,
      memory: known.memory,
      now: known.now,
      seed: claim.fence.verificationId,
    }),
    persons: () => personsFor({ ...target, ...claim, serviceDate }, way),
    hasSecondNpi: hasSecondNpi(claim.facility),
    isAhead: serviceDate > today,
    isEnough: (snapshot) => !known.unsaid(snapshot).some((code) => tellable.has(code)),
  };
}

/** True when the facility has another NPI that payers may be asked with. */
export function hasSecondNpi({ npi, secondNpi, inquiresAs }: Facility): boolean {
  return !inquiresAs && secondNpi !== undefined && secondNpi !== npi;
}

type Subject = Pick<InquirySubject, 'request' | 'facility' | 'payer' | 'memberId' | 'serviceDate'>;

/** Variations that the payer takes and that lead to an inquiry which differs from those before it. */
export function personsFor(subject: Subject, way: Way): PersonVariation[] {
  const { patient } = subject.request;
  const allowed = way.connection.variations ?? way.adapter.capabilities.variations ?? [];
  const isDependent = patient.relationship !== undefined && patient.relationship !== 'self';
  const seen = new Set([sentAs(asGiven, subject, way)]);
  return personVariations.filter((person) => {
    if (!allowed.includes(person) || (person === 'dependent_as_subscriber' && !isDependent)) return false;
    if (person === 'id_and_birth_date' && !(subject.memberId && patient.birthDate)) return false;
    const sent = sentAs({ ...asGiven, person }, subject, way);
    return !seen.has(sent) && seen.add(sent) !== undefined;
  });
}

/** What would go out, field by field. */
function sentAs(variation: Variation, subject: Subject, { adapter, connection }: Way): string {
  const inquiry = inquiryOf({ ...subject, connection, variation, serviceType: wholePlan }, { id: 'inq_0', trace: '0' });
  return JSON.stringify(adapter.fieldsOf(inquiry).map((pointer) => [pointer, valueAt(inquiry, pointer)]));
}

function valueAt(value: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined), value);
}
