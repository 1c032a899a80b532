import { presentRawAnswer } from './raw-answer';

const at = new Date('2026-03-02T15:00:00Z');
const answer = (text?: string) =>
  presentRawAnswer({
    ...{ inquiryId: 'inq_1', round: 2, payer: 'Northwind Health', askedAt: at },
    texts: [{ receivedAt: at, kind: 'benefits', httpStatus: 200, ...(text === undefined ? {} : { text }) }],
  });
const isa =
  'ISA*00*          *00*          *ZZ*A              *ZZ*B              *260302*1000*^*00501*000000001*0*T*:~GS*HB*A*B*20260302*1000*1*X*005010X279A1~EB*1**30~';

describe('a payer’s answer word for word', () => {
  it('is cut into segments where it is X12, numbered from the ISA', () => {
    const [item] = answer(isa).items as Record<string, unknown>[];
    expect(item).toMatchObject({ format: 'x12', text: isa, kind: 'benefits', httpStatus: 200 });
    expect(item?.segments).toEqual(expect.arrayContaining([{ number: 3, raw: 'EB*1**30' }]));
  });

  it.each([
    ['{"status":"active"}', 'json'],
    ['{"status":', 'text'],
    ['<html>down</html>', 'text'],
    ['ISA', 'text'],
  ])('%s is told as %s, without segments', (text, format) => {
    const [item] = answer(text).items as Record<string, unknown>[];
    expect([item?.format, item?.segments, item?.text]).toEqual([format, undefined, text]);
  });

  it('has no text where nothing came', () => {
    expect(answer().items).toEqual([{ receivedAt: '2026-03-02T15:00:00.000Z', kind: 'benefits', httpStatus: 200 }]);
  });
});
