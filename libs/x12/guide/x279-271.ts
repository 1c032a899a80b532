import {
  BENEFIT_DATES,
  BENEFIT_INFORMATION,
  BENEFIT_REFERENCES,
  COVERAGE_LEVELS,
  DELIVERY_FREQUENCIES,
  FOLLOW_UPS,
  INSURANCE_TYPES,
  MILITARY_RANKS,
  PERSON_DATES,
  PROVIDER_CODES,
  QUANTITY_QUALIFIERS,
  REJECT_REASONS,
  RELATED_ENTITIES,
  SERVICE_TYPES,
  TIME_PERIODS,
} from './code-sets';
import { type Guide, type LoopRule, R, S, type SegmentRule, UNBOUNDED } from './rule';
import {
  DEPENDENT_NAME,
  DIAGNOSIS_POINTERS,
  DMG,
  dtp,
  HI,
  hl,
  N3,
  N4,
  personProvider,
  procedure,
  RECEIVER_PROVIDER,
  RECEIVER_REFERENCE,
  receiverName,
  reference,
  SE,
  SOURCE_NAME,
  SUBSCRIBER_NAME,
  st,
  trn,
} from './x279-segments';

function rejection(loop: keyof typeof REJECT_REASONS): SegmentRule {
  const elements = { 1: R(1073, 'N Y'), 3: R(901, REJECT_REASONS[loop]), 4: R(889, FOLLOW_UPS[loop]) };
  return { id: 'AAA', usage: 'S', max: 9, elements };
}

function contact(first: string, further: string): SegmentRule {
  const elements = {
    1: R(366, 'IC'),
    2: S(93),
    3: S(365, first),
    4: S(364),
    5: S(365, further),
    6: S(364),
    7: S(365, further),
    8: S(364),
  };
  return { id: 'PER', usage: 'S', max: 3, elements };
}

const EB: SegmentRule = {
  id: 'EB',
  usage: 'R',
  max: 1,
  elements: {
    1: R(1390, BENEFIT_INFORMATION),
    2: S(1207, COVERAGE_LEVELS),
    3: { ...S(1365, SERVICE_TYPES), repeat: 99 },
    4: S(1336, INSURANCE_TYPES),
    5: S(1204),
    6: S(615, TIME_PERIODS),
    7: S(782),
    8: S(954),
    9: S(673, QUANTITY_QUALIFIERS),
    10: S(380),
    11: S(1073, 'N U Y'),
    12: S(1073, 'N U W Y'),
    13: procedure(true),
    14: DIAGNOSIS_POINTERS,
  },
};

const HSD: SegmentRule = {
  id: 'HSD',
  usage: 'S',
  max: 9,
  elements: {
    1: S(673, 'DY FL HS MN VS'),
    2: S(380),
    3: S(355, 'DA MO VS WK YR'),
    4: S(1167),
    5: S(615, '6 7 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35'),
    6: S(616),
    7: S(678, DELIVERY_FREQUENCIES),
    8: S(679, 'A B C D E F G Y'),
  },
};

const MPI: SegmentRule = {
  id: 'MPI',
  usage: 'S',
  max: 1,
  elements: {
    1: R(1201, 'A C L O P S T'),
    2: R(584, 'AE AO AS AT AU CC DD HD IR LX PE RE RM RR RU'),
    3: R(1595, 'A B C D E F G H I J K L M N O Q R S U W'),
    4: S(352),
    5: S(1596, MILITARY_RANKS),
    6: S(1250, 'D8 RD8'),
    7: S(1251),
  },
};

const RELATED_ENTITY_NAME: SegmentRule = {
  id: 'NM1',
  usage: 'R',
  max: 1,
  elements: {
    1: R(98, RELATED_ENTITIES),
    2: R(1065, '1 2'),
    3: S(1035),
    4: S(1036),
    5: S(1037),
    7: S(1039),
    8: S(66, '24 34 46 FA FI II MI NI PI PP SV XV XX'),
    9: S(67),
    10: S(706, '01 02 27 41 48 65 72'),
  },
};

const RELATED_ENTITY_PROVIDER: SegmentRule = {
  id: 'PRV',
  usage: 'S',
  max: 1,
  elements: { 1: R(1221, PROVIDER_CODES), 2: S(128, 'PXC'), 3: S(127) },
};

function relatedEntity(loop: '2120C' | '2120D'): LoopRule {
  return {
    loop,
    usage: 'S',
    max: 23,
    withoutOpener: true,
    body: [
      RELATED_ENTITY_NAME,
      N3,
      { ...N4, elements: { ...N4.elements, 5: S(309, 'RJ'), 6: S(310) } },
      contact('ED EM FX TE UR WP', 'ED EM EX FX TE UR WP'),
      RELATED_ENTITY_PROVIDER,
    ],
  };
}

function benefit(letter: 'C' | 'D'): LoopRule {
  const loopIdentifier = { 1: R(447, '2120') };
  return {
    loop: `2110${letter}`,
    usage: 'S',
    max: UNBOUNDED,
    body: [
      EB,
      HSD,
      reference(9, BENEFIT_REFERENCES, S(352)),
      dtp(20, BENEFIT_DATES),
      rejection('2110'),
      { id: 'MSG', usage: 'S', max: 10, elements: { 1: R(933) } },
      {
        loop: `2115${letter}`,
        usage: 'S',
        max: 10,
        body: [
          {
            id: 'III',
            usage: 'R',
            max: 1,
            elements: { 1: S(1270, 'GR NI ZZ'), 2: S(1271), 3: S(1136, '44'), 4: S(933) },
          },
        ],
      },
      { id: 'LS', usage: 'S', max: 1, elements: loopIdentifier },
      relatedEntity(`2120${letter}`),
      { id: 'LE', usage: 'S', max: 1, elements: loopIdentifier },
    ],
  };
}

function relationship(insured: 'Y' | 'N', relationships: string): SegmentRule {
  const elements = { 1: R(1073, insured), 2: R(1069, relationships), 3: S(875, '001'), 4: S(1203, '25'), 17: S(1470) };
  return { id: 'INS', usage: 'S', max: 1, elements };
}

const SUBSCRIBER: LoopRule = {
  loop: '2100C',
  usage: 'R',
  max: 1,
  withoutOpener: true,
  body: [
    SUBSCRIBER_NAME,
    reference(9, '18 1L 1W 3H 49 6P CE CT EA EJ F6 GH HJ IF IG N6 NQ Q4 SY Y4', S(352)),
    N3,
    N4,
    rejection('2100C'),
    personProvider('PXC'),
    DMG,
    relationship('Y', '18'),
    HI,
    dtp(9, PERSON_DATES),
    MPI,
    benefit('C'),
  ],
};

const DEPENDENT: LoopRule = {
  loop: '2100D',
  usage: 'R',
  max: 1,
  withoutOpener: true,
  body: [
    DEPENDENT_NAME,
    reference(9, '18 1L 1W 49 6P CE CT EA EJ F6 GH HJ IF IG MRC N6 NQ Q4 SY Y4', S(352)),
    N3,
    N4,
    rejection('2100D'),
    personProvider('PXC'),
    DMG,
    relationship('N', '01 19 20 21 39 40 53 G8'),
    HI,
    dtp(9, PERSON_DATES),
    MPI,
    benefit('D'),
  ],
};

/** Health care eligibility benefit response. */
export const GUIDE_271: Guide = {
  kind: '271',
  version: '005010X279A1',
  functionalCode: 'HB',
  root: {
    loop: '271',
    usage: 'R',
    max: 1,
    body: [
      st('271'),
      {
        id: 'BHT',
        usage: 'R',
        max: 1,
        elements: { 1: R(1005, '0022'), 2: R(353, '06 11'), 3: S(127), 4: R(373), 5: R(337) },
      },
      {
        loop: '2000A',
        usage: 'R',
        max: UNBOUNDED,
        body: [
          hl('20', '0 1'),
          rejection('2000A'),
          {
            loop: '2100A',
            usage: 'R',
            max: 1,
            withoutOpener: true,
            body: [SOURCE_NAME, contact('ED EM FX TE UR', 'ED EM EX FX TE UR'), rejection('2100A')],
          },
        ],
      },
      {
        loop: '2000B',
        usage: 'S',
        max: UNBOUNDED,
        body: [
          hl('21', '0 1'),
          {
            loop: '2100B',
            usage: 'R',
            max: 1,
            withoutOpener: true,
            body: [receiverName(S(1035)), RECEIVER_REFERENCE, N3, N4, rejection('2100B'), RECEIVER_PROVIDER],
          },
        ],
      },
      { loop: '2000C', usage: 'S', max: UNBOUNDED, body: [hl('22', '0 1'), trn(3, '1 2'), SUBSCRIBER] },
      { loop: '2000D', usage: 'S', max: UNBOUNDED, body: [hl('23', '0'), trn(3, '1 2'), DEPENDENT] },
      SE,
    ],
  },
};
