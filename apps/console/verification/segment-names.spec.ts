import { meaningOf } from './segment-names';

const said = (raw: string): string =>
  meaningOf(raw)
    .elements.map(({ name, means }) => `${name}: ${means}`)
    .join('; ');

describe('segments of an answer in words', () => {
  it.each([
    ['DTP*307*RD8*20260101-20261231', 'A date', 'Of what: eligibility; Date: 2026-01-01 to 2026-12-31'],
    ['NM1*IL*1*QUILL*MAR****MI*N1', 'Who', 'As: insured person; Name: QUILL; First name: MAR; Id: N1'],
    [
      'AAA*N**75*C',
      'Turned away',
      'Could be read: no; Why: insured person is not found; What next: correct and send again',
    ],
    [
      'EB*B**UC**PPO*27*40',
      'A benefit',
      'What it says: Copay; For which service: urgent care; Plan: PPO; Period: per visit; Amount: $40',
    ],
    ['MSG*CALL 555', 'In the payer’s words', 'Message: CALL 555'],
    ['REF*ZZ*9', 'A number', 'Kind: ZZ; Number: 9'],
  ])('%s', (raw, name, words) => {
    expect([meaningOf(raw).name, said(raw)]).toEqual([name, words]);
  });

  it('goes by the separator that the payer chose', () => {
    expect(said('HL|2|1|22|0')).toBe('Level: insured person');
  });

  it('says of a segment that it is none of such a message', () => {
    expect(meaningOf('CLP*1*2')).toEqual({ name: 'Not of this kind of message', elements: [] });
    expect(meaningOf('')).toEqual({ name: 'Not of this kind of message', elements: [] });
  });
});
