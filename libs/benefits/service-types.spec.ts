import { isBehavioral, isBehavioralAlone, isMedical, isOfficeOrOutpatient, isPlanLevel } from './service-types';

describe('service types', () => {
  it('speak of the plan by 30 or by nothing', () => {
    expect([[], ['30'], ['30', 'MH']].map(isPlanLevel)).toEqual([true, true, true]);
    expect(isPlanLevel(['MH'])).toBe(false);
  });

  it('are medical unless dental, vision or pharmacy alone', () => {
    for (const code of ['35', '23', '41', 'AL', 'AO', '88', '92', 'B2', 'GF'])
      expect([code, isMedical([code])]).toEqual([code, false]);
    for (const code of ['1', '33', '47', '98', 'MH', 'UC', 'E0'])
      expect([code, isMedical([code])]).toEqual([code, true]);
    expect(isMedical(['35', '98'])).toBe(true);
    expect(isMedical([])).toBe(false);
  });

  it('are behavioral at any level of care', () => {
    for (const code of 'A4 A5 A6 A7 A8 AI AJ AK BB BC CE CF CG CH CI CJ MH RT'.split(' ')) {
      expect([code, isBehavioral([code])]).toEqual([code, true]);
    }
    expect(isBehavioral(['AE', 'BZ', 'CC', 'CK'])).toBe(false);
    expect(isBehavioralAlone(['MH', 'CF'])).toBe(true);
    expect(isBehavioralAlone(['MH', '98'])).toBe(false);
    expect(isBehavioralAlone([])).toBe(false);
  });

  it('of offices and hospital outpatient care are known', () => {
    expect(['98', 'A0', '50', '47'].map((code) => isOfficeOrOutpatient([code]))).toEqual([true, true, true, false]);
  });
});
