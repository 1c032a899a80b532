import { composite, type Guide, R, S, type SegmentRule, UNBOUNDED } from './rule';

const POSITION = { 1: R(722), 2: S(1528), 3: S(1686) };

/** The situation that calls for what is in fault, or the business unit (`TRN02:…`) it stands in. */
const CTX: SegmentRule = {
  id: 'CTX',
  usage: 'S',
  max: 10,
  elements: {
    1: composite('R', { 1: R(9999), 2: S(9998) }),
    2: S(721),
    3: S(719),
    4: S(447),
    5: composite('S', POSITION),
  },
};

const TRANSACTION_FAULTS = '1 2 3 4 5 6 7 8 9 10 11 12 13 15 16 17 18 19 23 24 25 26 27 I5 I6';
const GROUP_FAULTS = '1 2 3 4 5 6 10 11 12 13 14 15 16 17 18 19 23 24 25 26';

/** Implementation acknowledgment. */
export const GUIDE_999: Guide = {
  kind: '999',
  version: '005010X231A1',
  functionalCode: 'FA',
  root: {
    loop: '999',
    usage: 'R',
    max: 1,
    body: [
      {
        id: 'ST',
        usage: 'R',
        max: 1,
        elements: { 1: R(143, '999'), 2: R(329), 3: R(1705, '005010X231A1 005010X231') },
      },
      { id: 'AK1', usage: 'R', max: 1, elements: { 1: R(479), 2: R(28), 3: R(480) } },
      {
        loop: '2000',
        usage: 'S',
        max: UNBOUNDED,
        body: [
          { id: 'AK2', usage: 'R', max: 1, elements: { 1: R(143), 2: R(329), 3: S(1705) } },
          {
            loop: '2100',
            usage: 'S',
            max: UNBOUNDED,
            body: [
              {
                id: 'IK3',
                usage: 'R',
                max: 1,
                elements: { 1: R(721), 2: R(719), 3: S(447), 4: R(620, '1 2 3 4 5 6 7 8 I4 I6 I7 I8 I9') },
              },
              CTX,
              {
                loop: '2110',
                usage: 'S',
                max: UNBOUNDED,
                body: [
                  {
                    id: 'IK4',
                    usage: 'R',
                    max: 1,
                    elements: {
                      1: composite('R', POSITION),
                      2: S(725),
                      3: R(621, '1 2 3 4 5 6 7 8 9 10 12 13 I6 I9 I10 I11 I12 I13'),
                      4: S(724),
                    },
                  },
                  CTX,
                ],
              },
            ],
          },
          {
            id: 'IK5',
            usage: 'R',
            max: 1,
            elements: {
              1: R(717, 'A E M R W X'),
              2: S(618, TRANSACTION_FAULTS),
              3: S(618, TRANSACTION_FAULTS),
              4: S(618, TRANSACTION_FAULTS),
              5: S(618, TRANSACTION_FAULTS),
              6: S(618, TRANSACTION_FAULTS),
            },
          },
        ],
      },
      {
        id: 'AK9',
        usage: 'R',
        max: 1,
        elements: {
          1: R(715, 'A E M P R W X'),
          2: R(97),
          3: R(123),
          4: R(2),
          5: S(716, GROUP_FAULTS),
          6: S(716, GROUP_FAULTS),
          7: S(716, GROUP_FAULTS),
          8: S(716, GROUP_FAULTS),
          9: S(716, GROUP_FAULTS),
        },
      },
      { id: 'SE', usage: 'R', max: 1, elements: { 1: R(96), 2: R(329) } },
    ],
  },
};
