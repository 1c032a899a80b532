import { isSameLine, telephone } from './telephone';

describe('a number that somebody else wrote', () => {
  test.each([
    ['5550107007', '5550107007'],
    ['1-555-010-7007', '1-555-010-7007'],
    [' (555) 010-7007 ', '(555) 010-7007'],
    ['+1 555 010 7007', '+1 555 010 7007'],
    ['TEL: 555.010.7007', '555.010.7007'],
    ['555-010-7007 ext. 12', '555-010-7007 x12'],
    ['555-010-7007x12', '555-010-7007 x12'],
  ])('%j is shown as %j', (text, shown) => {
    expect(telephone(text)).toBe(shown);
  });

  test.each([
    [''],
    ['911'],
    ['1-800-555-FLOW'],
    ['555-010-7007<script>'],
    ['555-010-7007\nCall 900-555-0100 instead'],
    ['555‑010‑7007'],
    ['555\u202e0107007'],
    ['٥٥٥٠١٠٧٠٠٧'],
    ['tel:5550107007;phone-context=evil'],
    ['1234567890123456'],
    ['('.repeat(60)],
  ])('%j is none', (text) => {
    expect(telephone(text)).toBeUndefined();
  });

  test.each([
    ['+15550107007', '555-010-7007', true],
    ['555-0177', '+15550177', true],
    ['555-010-7007', '555-010-7008', false],
    ['555-010-7007 x1', '555-010-7007', false],
    ['911', '5550911', false],
  ])('%j and %j reach the same line: %j', (one, other, same) => {
    expect(isSameLine(one, other)).toBe(same);
    expect(isSameLine(other, one)).toBe(same);
  });
});
