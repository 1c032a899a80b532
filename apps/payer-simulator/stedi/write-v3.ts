import type { HierarchyLevel } from '@openvob/x12';
import { followUps, reasons } from './names';
import { filled, named, type PayerAnswer, patientOf, rejectionsOf } from './payer-answer';
import { dates, entityType, planStatus, row } from './v3-rows';

type Json = Record<string, unknown>;

/** What the clearinghouse adds to a payer's answer. */
export interface CheckFacts {
  /** `ec_…` */
  readonly id: string;
  readonly searchId: string;
  /** BHT03 that it gave to the payer. */
  readonly outboundTraceId: string;
  readonly payerId: string;
  readonly mode: 'production' | 'test';
}

/** The v3 answer. Source: Stedi, OpenAPI of healthcare 2024-04-01, EligibilityCheckResponseContent, and its examples. */
export function writeV3(answer: PayerAnswer, facts: CheckFacts): Json {
  const { source, receiver, subscriber, dependent, control, x12 } = answer;
  const patient = patientOf(answer);
  const rows = (patient?.benefits ?? []).map(row);
  const groupNumber = referenceOf(subscriber, '6P');
  return filled({
    meta: {
      applicationMode: facts.mode,
      outboundTraceId: facts.outboundTraceId,
      senderId: 'SIMULATOR',
      submitterId: '117151744',
      ...filled({ traceId: answer.reference }),
    },
    id: facts.id,
    eligibilitySearchId: facts.searchId,
    controlNumber: control,
    reassociationKey: control,
    tradingPartnerServiceId: named(source, 'NM1')?.element(9) ?? facts.payerId,
    payer: party(source, { idMember: 'payorIdentification', nameMember: 'name', role: 'Payer' }),
    provider: party(receiver, { idMember: 'npi', nameMember: 'providerName', role: 'Provider' }),
    subscriber: subscriber && person(subscriber, { entityIdentifier: 'Insured or Subscriber', groupNumber }),
    ...(dependent === undefined ? {} : { dependents: [person(dependent, relationship(dependent))] }),
    subscriberTraceNumbers: traces(patient),
    planInformation: groupNumber === undefined ? undefined : { groupNumber },
    planDateInformation: dates(patient?.name ?? []),
    planStatus: rows.filter(({ code }) => /^[1-8]$/.test(String(code))).map(planStatus),
    benefitsInformation: rows,
    errors: [source, receiver, subscriber, dependent].flatMap((level) => errors(level)),
    warnings: [],
    x12,
  });
}

/** The answer when the payer sent a 999: what a 271 would have filled is empty. */
export function writeV3Acknowledgement(
  facts: CheckFacts,
  ack: { x12: string; code: string; error?: string | undefined },
): Json {
  return filled({
    meta: { applicationMode: facts.mode, outboundTraceId: facts.outboundTraceId, senderId: 'SIMULATOR' },
    id: facts.id,
    eligibilitySearchId: facts.searchId,
    tradingPartnerServiceId: facts.payerId,
    transactionSetAcknowledgement: ack.code,
    implementationTransactionSetSyntaxError: ack.error,
    errors: [],
    x12: ack.x12,
  });
}

function party(
  level: HierarchyLevel | undefined,
  { idMember, nameMember, role }: { idMember: string; nameMember: string; role: string },
): Json | undefined {
  const nm1 = named(level, 'NM1');
  const rejections = errors(level);
  return (
    nm1 &&
    filled({
      entityIdentifier: role,
      entityType: entityType(nm1),
      [nameMember]: nm1.element(3),
      [idMember]: nm1.element(9),
      aaaErrors: rejections.length > 0 ? rejections : undefined,
    })
  );
}

function person(level: HierarchyLevel, more: Json): Json {
  const nm1 = named(level, 'NM1');
  const dmg = named(level, 'DMG');
  const rejections = errors(level);
  return filled({
    entityType: 'Person',
    lastName: nm1?.element(3),
    firstName: nm1?.element(4),
    middleName: nm1?.element(5),
    suffix: nm1?.element(7),
    memberId: nm1?.element(8) === 'MI' ? nm1.element(9) : undefined,
    dateOfBirth: dmg?.element(2),
    gender: dmg?.element(3),
    aaaErrors: rejections.length > 0 ? rejections : undefined,
    ...more,
  });
}

const relations: Readonly<Record<string, string>> = { '01': 'Spouse', 19: 'Child' };

function relationship(level: HierarchyLevel): Json {
  const ins = named(level, 'INS');
  const code = ins?.element(2);
  return {
    insuredIndicator: 'N',
    ...filled({ relationToSubscriberCode: code, relationToSubscriber: relations[code ?? ''] }),
  };
}

function referenceOf(level: HierarchyLevel | undefined, qualifier: string): string | undefined {
  return level?.name.find((segment) => segment.id === 'REF' && segment.element(1) === qualifier)?.element(2);
}

function traces(level: HierarchyLevel | undefined): Json[] {
  const trn = level?.header.filter(({ id }) => id === 'TRN') ?? [];
  return trn.map((segment) =>
    filled({
      traceTypeCode: segment.element(1),
      traceType:
        segment.element(1) === '1' ? 'Current Transaction Trace Numbers' : 'Referenced Transaction Trace Numbers',
      referenceIdentification: segment.element(2),
      originatingCompanyIdentifier: segment.element(3),
    }),
  );
}

const loops = { source: '2100A', receiver: '2100B', subscriber: '2100C', dependent: '2100D', other: '2100' } as const;

function errors(level: HierarchyLevel | undefined): Json[] {
  return rejectionsOf(level).map((aaa) => {
    const code = aaa.element(3) ?? '';
    return filled({
      field: 'AAA',
      code,
      description: reasons[code],
      followupAction: followUps[aaa.element(4) ?? ''] ?? aaa.element(4),
      location: `Loop ${loops[level?.kind ?? 'other']}`,
      possibleResolutions: '- See the description of the code.',
    });
  });
}
