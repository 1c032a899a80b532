import { GUIDE_271 } from '@openvob/x12';
import { placeName, productName, roleName, serviceTypeName } from './code-names';

/** Codes that the guide allows for an element of a benefit loop. */
function allowed(segment: string, element: number): string[] {
  const codes = new Set<string>();
  const visit = (rules: typeof GUIDE_271.root.body, inBenefit: boolean): void => {
    for (const rule of rules) {
      if ('loop' in rule) visit(rule.body, inBenefit || rule.loop.startsWith('2110'));
      else if (inBenefit && rule.id === segment)
        for (const code of rule.elements[element]?.codes ?? []) codes.add(code);
    }
  };
  visit(GUIDE_271.root.body, false);
  return [...codes];
}

describe('names of codes', () => {
  it.each([
    ['service types', allowed('EB', 3), serviceTypeName],
    ['insurance types', allowed('EB', 4), productName],
    ['parties beside a benefit', allowed('NM1', 1), roleName],
  ])('exist for all %s that the guide allows', (_, codes, nameOf) => {
    expect(codes.length).toBeGreaterThan(20);
    expect(codes.filter((code) => nameOf(code) === undefined)).toEqual([]);
  });

  it('are those by which people speak', () => {
    expect(serviceTypeName('CJ')).toBe('Substance use facility, outpatient');
    expect(productName('MC')).toBe('Medicaid');
    expect(roleName('VN')).toBe('Vendor');
    expect(placeName('11')).toBe('office');
  });

  it('do not exist for what is no code', () => {
    expect([serviceTypeName('ZZZ'), productName(''), roleName('ZZ'), placeName('00')]).toEqual(
      Array(4).fill(undefined),
    );
    expect(serviceTypeName('constructor')).toBeUndefined();
  });
});
