import { buildPatientEstimate } from './build/patient-estimate';
import { cases, patientFacts, textOf } from './documents.fixture';

const caseNamed = (name: keyof typeof cases) => {
  const found = cases[name];
  if (!found) throw new Error(`no case ${name}`);
  return found;
};
const told = (name: keyof typeof cases, language: 'en' | 'es' = 'en', more = {}): string =>
  textOf(buildPatientEstimate(patientFacts(caseNamed(name), more), { language, print: 'normal' }));

describe('a patient’s estimate', () => {
  it.each([
    [
      'a copay of $40 a day',
      [
        'About $40',
        'About $120',
        'About $960',
        '24 days of care, January 5, 2026 to February 27, 2026.',
        'Copay ($40)',
      ],
      ['Deductible', 'Why we show a range', 'Coinsurance'],
    ],
    [
      'a deductible that ends, then coinsurance, a maximum that is reached',
      [
        'In this program, $600 goes to your deductible. We think your deductible will be paid on January 7, 2026.',
        'We think you will reach your yearly limit on January 30, 2026.',
        'About $1,200',
        'Deductible ($1,500): what you pay each year before your plan starts to pay. You have $600 left to pay.',
        'Yearly limit ($5,000)',
        'Coinsurance (20 %)',
      ],
      ['From then on, your share of a day'],
    ],
    [
      'a share that nobody stated',
      [
        '$0 to $7,200',
        'We can not yet say which is more likely.',
        'Your plan did not say what part of each day is yours to pay. This could change it by up to $7,200.',
        'What part of each day is yours to pay?',
      ],
      ['Your first day', 'Week by week', 'Most likely'],
    ],
    [
      'a network that nobody stated, and bills above what the plan allows',
      [
        '$1,920 to $10,344',
        'Most likely: $1,920',
        'We do not know if we are in your plan’s network.',
        'Are we in your network for this care?',
        'We are in your plan’s network.',
      ],
      ['Price above what your plan allows'],
    ],
    [
      'two shares, two figures, bills not posted, an approval that ends',
      [
        'Your plan must say yes to more days later on. If it says no, up to $3,600 of care may not be paid by your plan.',
        'Your plan gave two different amounts for what you have left to pay this year.',
        'Where two amounts did not match, we used the larger one.',
        'Which days does your plan agree to?',
        'You have $800 left to pay.',
        'Approval: your plan must say yes',
      ],
      ['We have no open questions'],
    ],
    [
      'a second plan, a new year in the middle',
      [
        'Your plan starts a new year on January 1, 2027. Then your deductible and your yearly limit start over.',
        'Your second plan pays what it can of what is left.',
      ],
      [],
    ],
  ] as const)('tells of %s', (name, present, absent) => {
    const text = told(name);
    for (const part of present) expect(text).toContain(part);
    for (const part of absent) expect(text).not.toContain(part);
  });

  it('never promises, in no language, and says so first', () => {
    for (const name of Object.keys(cases)) {
      const english = told(name, 'en', { track: 'mh' });
      expect(english).not.toMatch(/\bcovered\b|guarantee|you will pay|good faith estimate/i);
      expect(english.indexOf('This is not a promise')).toBeLessThan(english.indexOf('The short answer'));
      const spanish = told(name, 'es', { track: 'mh' });
      expect(spanish).not.toMatch(/cubiert|garanti|usted pagará|estimado de buena fe/i);
      expect(spanish).toContain('Esto no es una promesa');
    }
  });

  it('says the same figures in both languages', () => {
    const figures = (text: string): string[] => text.match(/\$[\d,.]*\d/g) ?? [];
    for (const name of Object.keys(cases)) expect(figures(told(name, 'es'))).toEqual(figures(told(name)));
  });

  it('adds up: weeks, chart and total are the same money', () => {
    for (const [name, estimateCase] of Object.entries(cases)) {
      const facts = patientFacts(estimateCase);
      const { blocks } = buildPatientEstimate(facts, { language: 'en', print: 'normal' });
      const bars = blocks.flatMap((block) => (block.kind === 'chart' ? block.chart.bars : []));
      const drawn = bars.reduce((sum, bar) => sum + bar.deductibleCents + bar.otherCents, 0);
      expect([name, bars.length === 0 ? undefined : drawn]).toEqual([name, facts.estimate.total.likelyCents]);
    }
  });

  it.each([
    ['sud', true, true],
    ['dual', true, true],
    ['mh', true, false],
    ['sud', false, true],
  ] as const)('carries the notice of Part 2 on track %s (consent: %s): %s', (track, hasConsent, carries) => {
    const consent = hasConsent
      ? { signedOn: '2026-01-02', scope: 'this_payer', payerName: 'Northwind Health Plan' }
      : undefined;
    const text = told('a copay of $40 a day', 'es', { track, consent });
    expect(text.includes('This record which has been disclosed to you')).toBe(carries);
    expect(text.includes('compartir los datos solo con el plan de salud nombrado aquí')).toBe(carries && hasConsent);
    expect(text.includes('No hay un permiso firmado.')).toBe(carries && !hasConsent);
  });

  it('adds the facility’s own sentences in their language alone', () => {
    const letterhead = { sentences: { en: { patientEstimate: ['We help with forms.'] } } };
    expect(told('a copay of $40 a day', 'en', { letterhead })).toContain('We help with forms.');
    expect(told('a copay of $40 a day', 'es', { letterhead })).not.toContain('We help with forms.');
    expect(told('a copay of $40 a day', 'en', { letterhead: {} })).toContain('Ask us at the front desk.');
  });
});
