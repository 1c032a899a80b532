import type { BenefitLoop, RelatedEntity, Segment } from '@openvob/x12';
import { benefits, levels, networks, periods, products, quantities, roles, serviceTypes } from './names';
import { decimal, filled } from './payer-answer';

type Json = Record<string, unknown>;

/** NM102 in words. */
export function entityType(nm1: Segment): string {
  return nm1.element(2) === '1' ? 'Person' : 'Non-Person Entity';
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
export function dates(segments: readonly Segment[]): Json | undefined {
  const found = segments
    .filter(({ id }) => id === 'DTP')
    .flatMap((dtp) => {
      const field = dateFields[dtp.element(1) ?? ''];
      return field === undefined ? [] : [[field, dtp.element(3)]];
    });
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

/** One EB loop as an entry of `benefitsInformation`. */
export function row(loop: BenefitLoop): Json {
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

/** The same entry as older clients look for it. */
export function planStatus({ serviceTypeCodes, planCoverage, name, code }: Json): Json {
  return filled({ serviceTypeCodes, planDetails: planCoverage, status: name, statusCode: code });
}
