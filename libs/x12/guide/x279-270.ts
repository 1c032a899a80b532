import { SERVICE_TYPES } from './code-sets';
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

const PERSON_PROVIDER = personProvider('9K D3 EI HPI PXC SY TJ');
const PLACE_OF_SERVICE: SegmentRule = { id: 'III', usage: 'S', max: 1, elements: { 1: R(1270, 'ZZ'), 2: R(1271) } };

function amount(qualifier: string): SegmentRule {
  return { id: 'AMT', usage: 'S', max: 1, elements: { 1: R(522, qualifier), 2: R(782) } };
}

const SUBSCRIBER_INQUIRY: LoopRule = {
  loop: '2110C',
  usage: 'S',
  max: 99,
  body: [
    {
      id: 'EQ',
      usage: 'R',
      max: 1,
      elements: {
        1: { ...S(1365, SERVICE_TYPES), repeat: 99 },
        2: procedure(false),
        3: S(1207, 'FAM'),
        5: DIAGNOSIS_POINTERS,
      },
    },
    amount('R'),
    amount('PB'),
    PLACE_OF_SERVICE,
    reference(1, '9F G1'),
    dtp(1, '291'),
  ],
};

const DEPENDENT_INQUIRY: LoopRule = {
  loop: '2110D',
  usage: 'R',
  max: 99,
  body: [
    {
      id: 'EQ',
      usage: 'R',
      max: 1,
      elements: { 1: { ...S(1365, SERVICE_TYPES), repeat: 99 }, 2: procedure(false), 5: DIAGNOSIS_POINTERS },
    },
    PLACE_OF_SERVICE,
    reference(1, '9F G1'),
    dtp(1, '291'),
  ],
};

const SUBSCRIBER: LoopRule = {
  loop: '2100C',
  usage: 'R',
  max: 1,
  withoutOpener: true,
  body: [
    SUBSCRIBER_NAME,
    reference(9, '18 1L 1W 3H 6P CT EA EJ F6 GH HJ IG N6 NQ SY Y4'),
    N3,
    N4,
    PERSON_PROVIDER,
    DMG,
    { id: 'INS', usage: 'S', max: 1, elements: { 1: R(1073, 'Y'), 2: R(1069, '18'), 17: R(1470) } },
    HI,
    dtp(2, '102 291'),
    SUBSCRIBER_INQUIRY,
  ],
};

const DEPENDENT: LoopRule = {
  loop: '2100D',
  usage: 'R',
  max: 1,
  withoutOpener: true,
  body: [
    DEPENDENT_NAME,
    reference(9, '18 1L 1W 6P CT EA EJ F6 GH HJ IF IG MRC N6 SY Y4'),
    N3,
    N4,
    PERSON_PROVIDER,
    DMG,
    { id: 'INS', usage: 'S', max: 1, elements: { 1: R(1073, 'N'), 2: R(1069, '01 19 34'), 17: S(1470) } },
    HI,
    dtp(2, '102 291'),
    DEPENDENT_INQUIRY,
  ],
};

/** Health care eligibility benefit inquiry. */
export const GUIDE_270: Guide = {
  kind: '270',
  version: '005010X279A1',
  functionalCode: 'HS',
  root: {
    loop: '270',
    usage: 'R',
    max: 1,
    body: [
      st('270'),
      {
        id: 'BHT',
        usage: 'R',
        max: 1,
        elements: { 1: R(1005, '0022'), 2: R(353, '01 13'), 3: S(127), 4: R(373), 5: R(337), 6: S(640, 'RT') },
      },
      {
        loop: '2000A',
        usage: 'R',
        max: UNBOUNDED,
        body: [hl('20', '1'), { loop: '2100A', usage: 'R', max: 1, withoutOpener: true, body: [SOURCE_NAME] }],
      },
      {
        loop: '2000B',
        usage: 'R',
        max: UNBOUNDED,
        body: [
          hl('21', '1'),
          {
            loop: '2100B',
            usage: 'R',
            max: 1,
            withoutOpener: true,
            body: [receiverName(R(1035)), RECEIVER_REFERENCE, N3, N4, RECEIVER_PROVIDER],
          },
        ],
      },
      { loop: '2000C', usage: 'R', max: UNBOUNDED, body: [hl('22', '0 1'), trn(2, '1'), SUBSCRIBER] },
      { loop: '2000D', usage: 'S', max: UNBOUNDED, body: [hl('23', '0'), trn(2, '1'), DEPENDENT] },
      SE,
    ],
  },
};
