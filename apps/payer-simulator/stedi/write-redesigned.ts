import type { HierarchyLevel } from '@openvob/x12';
import { followUps, reasons } from './names';
import { filled, named, type PayerAnswer, patientOf, rejectionsOf } from './payer-answer';
import { datesOf, nameOf, plan, spelled } from './redesigned-plan';
import type { CheckFacts } from './write-v3';

type Json = Record<string, unknown>;

/**
 * The answer of the redesigned endpoint: benefits by plan and kind, one entry for each service. An invented payer has one
 * plan. Source: types and example of the vendor's SDK at 438066f, CreateEligibilityCheckOutput.
 */
export function writeRedesigned(answer: PayerAnswer, facts: CheckFacts): Json {
  const { source, receiver, subscriber, dependent, x12 } = answer;
  const patient = patientOf(answer);
  const plans = (patient?.benefits ?? []).length === 0 ? undefined : [plan(patient?.benefits ?? [])];
  const errors = [source, receiver, subscriber, dependent].flatMap((level) => errorsOf(level));
  return filled({
    id: facts.id,
    eligibilitySearchId: facts.searchId,
    meta: filled({
      outboundTraceId: facts.outboundTraceId,
      traceId: answer.reference,
      subscriberTraceNumbers: traces(patient),
    }),
    payerId: facts.payerId,
    payer: party(source, { idMember: 'identification', type: 'PAYER' }),
    provider: party(receiver, { idMember: 'npi', type: 'PROVIDER' }),
    subscriber: subscriber && subscriberOf(subscriber),
    dependent: dependent && dependentOf(dependent),
    plans,
    errors: errors.length > 0 ? errors : undefined,
    x12,
  });
}

function party(
  level: HierarchyLevel | undefined,
  { idMember, type }: { idMember: string; type: string },
): Json | undefined {
  const nm1 = named(level, 'NM1');
  return nm1 && filled({ name: nameOf(nm1), type, [idMember]: nm1.element(9) });
}

function subscriberOf(level: HierarchyLevel): Json {
  const nm1 = named(level, 'NM1');
  const group = level.name.find((segment) => segment.id === 'REF' && segment.element(1) === '6P')?.element(2);
  return filled({
    ...personOf(level),
    memberId: nm1?.element(8) === 'MI' ? nm1.element(9) : undefined,
    additionalInformation: group === undefined ? undefined : { group: { number: group } },
  });
}

function dependentOf(level: HierarchyLevel): Json {
  const relations: Readonly<Record<string, string>> = { '01': 'SPOUSE', 19: 'CHILD' };
  return filled({
    ...personOf(level),
    relationToSubscriber: relations[named(level, 'INS')?.element(2) ?? ''],
  });
}

function personOf(level: HierarchyLevel): Json {
  const nm1 = named(level, 'NM1');
  const dmg = named(level, 'DMG');
  const genders: Readonly<Record<string, string>> = { F: 'FEMALE', M: 'MALE', U: 'UNKNOWN' };
  return {
    name: nm1 && nameOf(nm1),
    dateOfBirth: spelled(dmg?.element(2)),
    gender: genders[dmg?.element(3) ?? ''],
    dates: datesOf(level.name),
  };
}

function traces(level: HierarchyLevel | undefined): Json[] | undefined {
  const trn = level?.header.filter(({ id }) => id === 'TRN') ?? [];
  if (trn.length === 0) return undefined;
  return trn.map((segment) =>
    filled({
      type: segment.element(1) === '1' ? 'CURRENT_TRANSACTION' : 'REFERENCED_TRANSACTION',
      referenceIdentification: segment.element(2),
      originatingCompanyIdentifier: segment.element(3),
    }),
  );
}

const places = { source: 'PAYER', receiver: 'PROVIDER', subscriber: 'SUBSCRIBER', dependent: 'DEPENDENT' } as const;

function errorsOf(level: HierarchyLevel | undefined): Json[] {
  if (level === undefined || level.kind === 'other') return [];
  const location = places[level.kind];
  return rejectionsOf(level).map((aaa) => {
    const code = aaa.element(3) ?? '';
    return {
      code,
      description: reasons[code] ?? code,
      followupAction: followUps[aaa.element(4) ?? ''] ?? '',
      location,
    };
  });
}
