import { readSubscriber } from './x12-271.fixture';

const carveOut = (...segments: string[]) => readSubscriber(...segments).carveOut;
const party = ['LS*2120', 'NM1*VN*2*EXAMPLE BEHAVIORAL CARE*****MI*V900', 'PER*IC**TE*8005550100', 'LE*2120'];

describe('a carve-out', () => {
  it.each([
    ['contact following entity, mental health', ['EB*U**MH', ...party]],
    ['contact following entity, substance use', ['EB*U**AI', ...party]],
    ['contact following entity, the plan', ['EB*U**30', ...party]],
    ['contact following entity, no service type', ['EB*U', ...party]],
    ['other source of data, mental health', ['EB*W**MH', ...party]],
    [
      'contact following entity, another service with a message',
      ['EB*U**1', 'MSG*FOR MENTAL HEALTH CONTACT', ...party],
    ],
    ['active mental health with a behavioral administrator', ['EB*1**MH', ...party]],
    ['active plan with a behavioral administrator', ['EB*1**30', ...party]],
  ])('is told by %s', (_, segments) => {
    expect(carveOut(...segments)).toMatchObject({
      entity: 'EXAMPLE BEHAVIORAL CARE',
      memberId: 'V900',
      phone: '8005550100',
    });
  });

  it.each([
    ['another service', ['EB*U**1', ...party]],
    ['a row that is no routing', ['EB*D**MH', ...party]],
    ['a party without a name', ['EB*U**MH', 'NM1*VN*2', 'PER*IC**TE*8005550100']],
    ['the payer itself by name', ['EB*U**MH', 'NM1*PR*2*Example Health Plan']],
    ['the payer itself by id', ['EB*U**MH', 'NM1*PR*2*EHP*****PI*99001']],
    ['the payer under a longer name', ['EB*W', 'NM1*PR*2*EXAMPLE HEALTH PLAN OF OHIO']],
    ['the insurer by whom the plan is named', ['EB*W', 'NM1*PR*2*ACME', 'EB*1**30**ACME CHOICE']],
    ['a primary care provider', ['EB*U**30', 'NM1*P3*1*EXAMPLE*QUINN']],
    ['a facility', ['EB*X**30', 'NM1*1P*2*EXAMPLE BEHAVIORAL CLINIC']],
    ['an administrator of the whole plan', ['EB*1**30', 'NM1*2B*2*EXAMPLE ADMINISTRATORS']],
    ['who gives authorizations', ['EB*1**MH', 'NM1*X3*2*EXAMPLE REVIEW']],
    ['a sponsor', ['EB*1**30^MH', 'NM1*P5*2*EXAMPLE BEHAVIORAL EMPLOYER']],
    ['a row that is out of date', ['EB*U**MH', 'DTP*292*RD8*20250101-20251231', ...party]],
    [
      'a phone number alone',
      ['EB*U**30**BENEFITS DEPARTMENT', 'MSG*CALL 800-555-0142 FOR BEHAVIORAL HEALTH BENEFIT DETAIL'],
    ],
    ['a message on other care', ['EB*D**35', 'MSG*DENTAL BENEFITS ADMINISTERED BY EXAMPLE DENTAL']],
    ['a denial', ['EB*D**MH', 'MSG*MENTAL HEALTH IS NOT ADMINISTERED BY EXAMPLE BEHAVIORAL']],
    ["the plan's own desk", ['EB*D**MH', 'MSG*FOR BEHAVIORAL HEALTH CONTACT MEMBER SERVICES AT 800-555-0100']],
  ])('is not told by %s', (_, segments) => {
    expect(carveOut(...segments)).toBeUndefined();
  });

  it.each([
    [
      'MENTAL HEALTH BENEFITS ADMINISTERED BY EXAMPLE BEHAVIORAL - SUBMIT TO PAYER ID 88999',
      { entity: 'EXAMPLE BEHAVIORAL' },
    ],
    [
      'MENTAL HEALTH BENEFITS ARE MANAGED BY EXAMPLE BEHAVIORAL HEALTH. CONTACT 1-800-555-0100',
      { entity: 'EXAMPLE BEHAVIORAL HEALTH', phone: '1-800-555-0100' },
    ],
    ['BH BENEFITS ADMINISTERED BY EXAMPLE CARE CALL 800-555-0100', { entity: 'EXAMPLE CARE', phone: '800-555-0100' }],
    ['MENTAL HEALTH ADMINISTERED BY U.S. EXAMPLE, INC.', { entity: 'U.S. EXAMPLE' }],
    [
      'Behavioral health is managed by Example Partners, call 800-555-0100',
      { entity: 'Example Partners', phone: '800-555-0100' },
    ],
    ['SUBSTANCE ABUSE CARVED OUT TO EXAMPLE CARE INC.', { entity: 'EXAMPLE CARE INC' }],
    [
      'FOR BEHAVIORAL HEALTH CONTACT EXAMPLE CARE AT (800) 555-0100',
      { entity: 'EXAMPLE CARE', phone: '(800) 555-0100' },
    ],
  ])('is told by the message "%s"', (text, expected) => {
    const found = carveOut('EB*D**MH', `MSG*${text}`);
    expect(found).toMatchObject(expected);
    expect(found?.source.raw).toBe(`MSG*${text}`);
  });

  it('prefers a named party to a message', () => {
    const segments = ['EB*D**MH', 'MSG*MENTAL HEALTH ADMINISTERED BY SOMEBODY ELSE', 'EB*U**MH', ...party];
    expect(carveOut(...segments)?.entity).toBe('EXAMPLE BEHAVIORAL CARE');
  });
});
