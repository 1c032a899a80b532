import { elementsOf } from './segment-words';

const words = (raw: string): [string, string][] | undefined => elementsOf(raw)?.map(({ name, means }) => [name, means]);

describe('a segment in words', () => {
  test('tells each element that says something', () => {
    expect(words('EB*A**CJ^CH^MH*****.2***N*Y')).toEqual([
      ['What it says', 'Coinsurance'],
      ['For which service', 'substance use facility, outpatient, mental health facility, outpatient, mental health'],
      ['Percent', '20 %'],
      ['Approval needed', 'no'],
      ['Network', 'in network'],
    ]);
  });

  test('takes whatever separates the elements', () => {
    expect(words('EB|C|IND|30||SILVER|29|600|||||Y~')).toEqual([
      ['What it says', 'Deductible'],
      ['For whom', 'individual'],
      ['For which service', 'the plan as a whole'],
      ['Plan', 'SILVER'],
      ['Period', 'still left'],
      ['Amount', '$600'],
      ['Network', 'in network'],
    ]);
  });

  test('shows a code that it does not know as it is', () => {
    expect(words('EB*ZZ**Q9')).toEqual([
      ['What it says', 'ZZ'],
      ['For which service', 'service type Q9'],
    ]);
  });

  test('leaves other segments to themselves', () => {
    expect(elementsOf('MSG*CALL US')).toBeUndefined();
  });
});
