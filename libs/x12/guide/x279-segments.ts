import { PERSON_PROVIDER_CODES, PROCEDURE_QUALIFIERS, PROVIDER_CODES } from './code-sets';
import { composite, type ElementRule, R, S, type SegmentRule } from './rule';

/** Segments that the 270 and the 271 share, each as a row of the guide 005010X279A1. */

/** The header of a transaction of a kind, with or without errata in its version. */
export function st(kind: string): SegmentRule {
  return {
    id: 'ST',
    usage: 'R',
    max: 1,
    elements: { 1: R(143, kind), 2: R(329), 3: R(1705, '005010X279A1 005010X279') },
  };
}

export const SE: SegmentRule = { id: 'SE', usage: 'R', max: 1, elements: { 1: R(96), 2: R(329) } };

/** A level; only the source has no parent. */
export function hl(level: '20' | '21' | '22' | '23', childCodes: string): SegmentRule {
  const elements = { 1: R(628), 3: R(735, level), 4: R(736, childCodes) };
  return { id: 'HL', usage: 'R', max: 1, elements: level === '20' ? elements : { ...elements, 2: R(734) } };
}

/** Trace numbers: 1 the asker's own, 2 one that is given back. */
export function trn(max: number, traceTypes: string): SegmentRule {
  return { id: 'TRN', usage: 'S', max, elements: { 1: R(481, traceTypes), 2: R(127), 3: R(509), 4: S(127) } };
}

export const SOURCE_NAME: SegmentRule = {
  id: 'NM1',
  usage: 'R',
  max: 1,
  elements: {
    1: R(98, '2B 36 GP P5 PR'),
    2: R(1065, '1 2'),
    3: R(1035),
    4: S(1036),
    5: S(1037),
    7: S(1039),
    8: R(66, '24 46 FI NI PI XV XX'),
    9: R(67),
  },
};

/** NM103 is required in the inquiry, situational in the response. */
export function receiverName(name: ElementRule): SegmentRule {
  const elements = {
    1: R(98, '1P 2B 36 80 FA GP P5 PR'),
    2: R(1065, '1 2'),
    3: name,
    4: S(1036),
    5: S(1037),
    7: S(1039),
    8: R(66, '24 34 FI PI PP SV XV XX'),
    9: R(67),
  };
  return { id: 'NM1', usage: 'R', max: 1, elements };
}

export const SUBSCRIBER_NAME: SegmentRule = {
  id: 'NM1',
  usage: 'R',
  max: 1,
  elements: {
    1: R(98, 'IL'),
    2: R(1065, '1 2'),
    3: S(1035),
    4: S(1036),
    5: S(1037),
    7: S(1039),
    8: S(66, 'II MI'),
    9: S(67),
  },
};

export const DEPENDENT_NAME: SegmentRule = {
  id: 'NM1',
  usage: 'R',
  max: 1,
  elements: { 1: R(98, '03'), 2: R(1065, '1'), 3: S(1035), 4: S(1036), 5: S(1037), 7: S(1039) },
};

export const RECEIVER_REFERENCE: SegmentRule = {
  id: 'REF',
  usage: 'S',
  max: 9,
  elements: { 1: R(128, '0B 1C 1D 1J 4A CT EL EO HPI JD N5 N7 Q4 SY TJ'), 2: R(127), 3: S(352) },
};

/** A REF with its qualifiers; REF03 is not used unless described. */
export function reference(max: number, qualifiers: string, description?: ElementRule): SegmentRule {
  const elements = { 1: R(128, qualifiers), 2: R(127), ...(description === undefined ? {} : { 3: description }) };
  return { id: 'REF', usage: 'S', max, elements };
}

export const N3: SegmentRule = { id: 'N3', usage: 'S', max: 1, elements: { 1: R(166), 2: S(166) } };

export const N4: SegmentRule = {
  id: 'N4',
  usage: 'S',
  max: 1,
  elements: { 1: R(19), 2: S(156), 3: S(116), 4: S(26), 7: S(1715) },
};

export const RECEIVER_PROVIDER: SegmentRule = {
  id: 'PRV',
  usage: 'S',
  max: 1,
  elements: { 1: R(1221, PROVIDER_CODES), 2: S(128, 'PXC'), 3: S(127) },
};

/** The provider whom a person's inquiry is about. */
export function personProvider(qualifiers: string): SegmentRule {
  return {
    id: 'PRV',
    usage: 'S',
    max: 1,
    elements: { 1: R(1221, PERSON_PROVIDER_CODES), 2: S(128, qualifiers), 3: S(127) },
  };
}

export const DMG: SegmentRule = {
  id: 'DMG',
  usage: 'S',
  max: 1,
  elements: { 1: S(1250, 'D8'), 2: S(1251), 3: S(1068, 'F M U') },
};

const PRINCIPAL_DIAGNOSIS = composite('R', { 1: R(1270, 'ABK BK'), 2: R(1271) });
const OTHER_DIAGNOSIS = composite('S', { 1: R(1270, 'ABF BF'), 2: R(1271) });

export const HI: SegmentRule = {
  id: 'HI',
  usage: 'S',
  max: 1,
  elements: {
    1: PRINCIPAL_DIAGNOSIS,
    2: OTHER_DIAGNOSIS,
    3: OTHER_DIAGNOSIS,
    4: OTHER_DIAGNOSIS,
    5: OTHER_DIAGNOSIS,
    6: OTHER_DIAGNOSIS,
    7: OTHER_DIAGNOSIS,
    8: OTHER_DIAGNOSIS,
  },
};

/** A date or range of dates with its qualifiers. */
export function dtp(max: number, qualifiers: string): SegmentRule {
  return { id: 'DTP', usage: 'S', max, elements: { 1: R(374, qualifiers), 2: R(1250, 'D8 RD8'), 3: R(1251) } };
}

/** EB13 and EQ02; the response may end a range of procedures in the eighth component. */
export function procedure(lastOfRange: boolean): ElementRule {
  const components = { 1: R(235, PROCEDURE_QUALIFIERS), 2: R(234), 3: S(1339), 4: S(1339), 5: S(1339), 6: S(1339) };
  return composite('S', lastOfRange ? { ...components, 8: S(234) } : components);
}

export const DIAGNOSIS_POINTERS = composite('S', { 1: R(1328), 2: S(1328), 3: S(1328), 4: S(1328) });
