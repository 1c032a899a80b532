import type { BenefitLoop, HierarchyLevel, RelatedEntity, Segment } from '@openvob/x12';
import {
  benefits,
  followUps,
  levels,
  networks,
  periods,
  products,
  quantities,
  reasons,
  roles,
  serviceTypes,
} from './names';
import { decimal, filled, named, type PayerAnswer, patientOf, rejectionsOf } from './payer-answer';

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

function entityType(nm1: Segment): string {
  return nm1.element(2) === '1' ? 'Person' : 'Non-Person Entity';
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

const dateFields: Readonly<Record<string, string>> = {
  291: 'plan',
  292: 'benefit',
  304: 'latestVisitOrConsultation',
  307: 'eligibility',
  318: 'added',
  346: 'planBegin',
  347: 'planEnd',
  348: 'benefitBegin',
  349: 'benefitEnd',
  356: 'eligibilityBegin',
  357: 'eligibilityEnd',
  442: 'dateOfDeath',
  472: 'service',
  636: 'dateOfLastUpdate',
};

/** `CCYYMMDD` or `CCYYMMDD-CCYYMMDD`, as the payer wrote it. */
function dates(segments: readonly Segment[]): Json | undefined {
  const found = segments
    .filter(({ id }) => id === 'DTP')
    .flatMap((dtp) => {
      const field = dateFields[dtp.element(1) ?? ''];
      return field === undefined ? [] : [[field, dtp.element(3)]];
    });
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

function row(loop: BenefitLoop): Json {
  const { segment: eb } = loop;
  const codes = eb.repetitions(3);
  const coded = (code: string | undefined, names: Readonly<Record<string, string>>) => names[code ?? ''];
  return filled({
    code: eb.element(1),
    name: benefits[eb.element(1) ?? '']?.[0],
    coverageLevelCode: eb.element(2),
    coverageLevel: coded(eb.element(2), levels),
    serviceTypeCodes: codes.length > 0 ? codes : undefined,
    serviceTypes: codes.length > 0 ? codes.flatMap((code) => serviceTypes[code] ?? []) : undefined,
    insuranceTypeCode: eb.element(4),
    insuranceType: coded(eb.element(4), products),
    planCoverage: eb.element(5),
    timeQualifierCode: eb.element(6),
    timeQualifier: coded(eb.element(6), periods),
    benefitAmount: eb.element(7),
    benefitPercent: decimal(eb.element(8)),
    quantityQualifierCode: eb.element(9),
    quantityQualifier: coded(eb.element(9), quantities),
    benefitQuantity: eb.element(10),
    authOrCertIndicator: eb.element(11),
    inPlanNetworkIndicatorCode: eb.element(12),
    inPlanNetworkIndicator: networks[eb.element(12) ?? '']?.[0],
    benefitsDateInformation: dates(loop.dtp),
    additionalInformation: loop.msg.length > 0 ? loop.msg.map((msg) => ({ description: msg.element(1) })) : undefined,
    benefitsServiceDelivery: loop.hsd.length > 0 ? loop.hsd.map(delivery) : undefined,
    ...places(loop),
    ...entities(loop),
  });
}

function delivery(hsd: Segment): Json {
  return filled({
    quantityQualifierCode: hsd.element(1),
    quantityQualifier: quantities[hsd.element(1) ?? ''],
    quantity: hsd.element(2),
    unitForMeasurementQualifierCode: hsd.element(3),
    sampleSelectionModulus: hsd.element(4),
    timePeriodQualifierCode: hsd.element(5),
    timePeriodQualifier: periods[hsd.element(5) ?? ''],
    numOfPeriods: hsd.element(6),
  });
}

function places({ iii }: BenefitLoop): Json {
  const list = iii.map((segment) =>
    filled({ codeListQualifierCode: segment.element(1), industryCode: segment.element(2) }),
  );
  return list.length === 0
    ? {}
    : { eligibilityAdditionalInformation: list[0], eligibilityAdditionalInformationList: list };
}

function entities(loop: BenefitLoop): Json {
  const list = loop.entities.flatMap((each) => entity(each) ?? []);
  return list.length === 0 ? {} : { benefitsRelatedEntity: list[0], benefitsRelatedEntities: list };
}

const modes: Readonly<Record<string, string>> = {
  EM: 'Electronic Mail',
  FX: 'Facsimile',
  TE: 'Telephone',
  UR: 'Uniform Resource Locator (URL)',
  WP: 'Work Phone Number',
};

function entity({ nm1, per }: RelatedEntity): Json | undefined {
  const contacts = per.flatMap((segment) => {
    const mode = modes[segment.element(3) ?? ''];
    return mode === undefined ? [] : [{ communicationMode: mode, communicationNumber: segment.element(4) }];
  });
  return (
    nm1 &&
    filled({
      entityIdentifier: roles[nm1.element(1) ?? ''] ?? nm1.element(1),
      entityType: entityType(nm1),
      entityName: nm1.element(3),
      entityFirstname: nm1.element(4),
      entityIdentification: nm1.element(8),
      entityIdentificationValue: nm1.element(9),
      contactInformation: contacts.length > 0 ? { contacts } : undefined,
    })
  );
}

function planStatus({ serviceTypeCodes, planCoverage, name, code }: Json): Json {
  return filled({ serviceTypeCodes, planDetails: planCoverage, status: name, statusCode: code });
}
