import type { Rejection } from '@openvob/benefits';
import { fieldsToCheck } from './rejected-fields';

type Level = Rejection['level'];

const names = (whose: string): string[] => [`/${whose}/firstName`, `/${whose}/lastName`];
const birth = (whose: string): string => `/${whose}/birthDate`;
const memberId = '/coverages/0/memberId';
const start = '/admission/startDate';

describe('the fields that a rejection points to', () => {
  const self: [string, string[]][] = [
    ['56', [start]],
    ['58', [birth('patient')]],
    ['60', [birth('patient'), start]],
    ['61', [...names('patient'), birth('patient'), start]],
    ['63', [start]],
    ['64', [memberId]],
    ['65', names('patient')],
    ['66', ['/patient/sex']],
    ['67', [memberId, ...names('patient'), birth('patient')]],
    ['69', [birth('patient')]],
    ['70', ['/patient/sex']],
    ['71', [birth('patient')]],
    ['72', [memberId]],
    ['73', names('patient')],
    ['74', ['/patient/sex']],
    ['75', [memberId, '/coverages/0/payer', ...names('patient'), birth('patient')]],
    ['76', [memberId, ...names('patient'), birth('patient')]],
    ['77', [...names('patient'), birth('patient'), '/patient/relationship']],
    ['78', ['/coverages/0/groupNumber']],
    ['15', [memberId, ...names('patient'), birth('patient')]],
  ];
  test.each(self)('by %s of a patient who is the subscriber', (code, fields) => {
    const places = { coverage: 0, isDependent: false };
    for (const level of ['subscriber', 'dependent', 'payer'] as const)
      expect(fieldsToCheck({ code, level }, places)).toEqual(fields);
  });

  const dependent: [string, Level, string[]][] = [
    ['58', 'subscriber', [birth('subscriber')]],
    ['58', 'dependent', [birth('patient')]],
    ['58', 'payer', [birth('patient')]],
    ['60', 'subscriber', [birth('subscriber'), start]],
    ['60', 'dependent', [birth('patient'), start]],
    ['71', 'subscriber', [birth('subscriber')]],
    ['71', 'dependent', [birth('patient')]],
    ['65', 'dependent', names('patient')],
    ['67', 'dependent', [memberId, ...names('patient'), birth('patient')]],
    ['72', 'subscriber', [memberId]],
    ['73', 'subscriber', names('subscriber')],
    ['73', 'payer', names('subscriber')],
    ['74', 'subscriber', ['/subscriber']],
    ['75', 'subscriber', [memberId, '/coverages/0/payer', ...names('subscriber'), birth('subscriber')]],
    ['76', 'subscriber', [memberId, ...names('subscriber'), birth('subscriber')]],
    ['77', 'dependent', [...names('patient'), birth('patient'), '/patient/relationship']],
    ['78', 'subscriber', ['/coverages/0/groupNumber']],
    ['15', 'subscriber', [memberId, ...names('subscriber'), birth('subscriber')]],
  ];
  test.each(dependent)('by %s at the level of the %s, of a dependent', (code, level, fields) => {
    expect(fieldsToCheck({ code, level }, { coverage: 0, isDependent: true })).toEqual(fields);
  });

  test('are those of both where words and level name different people', () => {
    const places = { coverage: 0, isDependent: true };
    expect(fieldsToCheck({ code: '73', level: 'dependent' }, places)).toEqual([
      ...names('patient'),
      ...names('subscriber'),
    ]);
    expect(fieldsToCheck({ code: '65', level: 'subscriber' }, places)).toEqual([
      ...names('subscriber'),
      ...names('patient'),
    ]);
  });

  test('are of the coverage that was asked about', () => {
    expect(fieldsToCheck({ code: '72', level: 'subscriber' }, { coverage: 1, isDependent: false })).toEqual([
      '/coverages/1/memberId',
    ]);
  });

  test('are what identifies a person where no reason was given', () => {
    const fields = [memberId, ...names('patient'), birth('patient')];
    expect(fieldsToCheck(undefined, { coverage: 0, isDependent: true })).toEqual(fields);
  });
});
