import { estimate } from '@openvob/estimate';
import { aProgram, aRate } from '@openvob/estimate/case.fixture';
import { buildGoodFaithEstimate, type GoodFaithFacts } from './build/good-faith-estimate';
import { letterhead, textOf } from './documents.fixture';

const plan = aProgram({
  phases: [{ weeks: 8, weekdays: ['mon', 'wed', 'fri'] }],
  services: [
    { code: '90791', kind: 'assessment', on: { dates: ['2026-01-05'] } },
    { code: 'H0015', kind: 'iop_day', on: { every: 'program_day' } },
    { code: '90837', kind: 'individual_therapy', on: { weekly: 'tue' } },
  ],
});
const rates = [
  aRate(29_500, { network: 'self_pay' }),
  aRate(12_500, { network: 'self_pay', code: '90837' }),
  aRate(20_000, { network: 'self_pay', code: '90791' }),
];

function facts(more: Partial<GoodFaithFacts> = {}): GoodFaithFacts {
  return {
    facilityName: 'Testwood Recovery',
    npi: '1999999984',
    letterhead: { ...letterhead, sentences: { en: { separateServices: ['Laboratory tests, by a laboratory'] } } },
    madeOn: '2026-01-02',
    patientName: 'Marlow Quillfeather',
    birthDate: '1988-03-14',
    programName: 'Testwood Mornings',
    plan,
    track: 'sud',
    estimate: estimate({ startDate: '2026-01-05', program: plan, rates, coverages: [] }),
    ...more,
  };
}

const english = textOf(buildGoodFaithEstimate(facts(), { language: 'en', print: 'normal' }));
const spanish = textOf(buildGoodFaithEstimate(facts(), { language: 'es', print: 'large' }));

describe('a Good Faith Estimate has every element of 45 CFR 149.610(c)(1)', () => {
  it.each([
    ['(i) name', 'Marlow Quillfeather'],
    ['(i) date of birth', 'March 14, 1988'],
    [
      '(ii) main service in clear language',
      'Intensive outpatient program for substance use: group and one-on-one care',
    ],
    ['(ii) its date', 'January 5, 2026 to February 27, 2026'],
    ['(iii) each service', 'One-on-one therapy (90837)'],
    ['(iv) diagnosis codes', 'Diagnosis codes'],
    [
      '(iv) service code with its expected charge',
      'Program day (H0015)\n24 dates from January 5, 2026 to February 27, 2026 (Monday, Wednesday, Friday)\n24 × $295.00\n$7,080.00',
    ],
    ['(iv) a single date', 'First assessment (90791)\nJanuary 5, 2026\n1 × $200.00\n$200.00'],
    ['(iv) all together', 'Expected total: $8,280.00'],
    ['(v) provider', 'Testwood Recovery, LLC'],
    ['(v) NPI', '1999999984'],
    ['(v) TIN', '12-3456789'],
    ['(v) place', '12 Elm Street, Albany, NY 12207'],
    ['(v) state', 'State\nNY'],
    ['(vi) what is scheduled separately', 'Laboratory tests, by a laboratory'],
    [
      '(vi) how to get an estimate of it',
      'You get a separate good faith estimate for them when they are scheduled, or when you ask.',
    ],
    ['(vii) more may be recommended', 'There may be other items or services that we recommend'],
    ['(viii) only an estimate', 'This is only an estimate'],
    ['(ix) the right to dispute', 'If you are billed $400 or more above the expected charges'],
    ['(ix) where to learn how', 'www.cms.gov/nosurprises or call 1-800-985-3059'],
    ['(ix) no harm to the quality of care', 'it does not harm the quality of the care'],
    ['(x) no contract', 'This estimate is not a contract.'],
    ['recurring care: frequency and number', '3 days a week (Monday, Wednesday, Friday) for 8 weeks'],
    ['valid for 12 months', 'January 2, 2027'],
  ])('%s', (_element, text) => {
    expect(english).toContain(text);
  });

  it('(iv) diagnosis codes where they were entered', () => {
    const entered = facts({ diagnosisCodes: ['F10.20', 'F41.1'] });
    expect(textOf(buildGoodFaithEstimate(entered, { language: 'en', print: 'normal' }))).toContain('F10.20, F41.1');
    expect(english).toContain('None yet.');
  });

  it('in Spanish with the same amounts', () => {
    expect(spanish).toContain('24 fechas, del 5 de enero de 2026 al 27 de febrero de 2026 (lunes, miércoles, viernes)');
    expect(spanish.match(/\$[\d,]+\.\d\d/g)).toEqual(english.match(/\$[\d,]+\.\d\d/g));
  });

  it('estimates no care past its 12 months', () => {
    const long = aProgram({ phases: [{ weeks: 60, weekdays: ['mon'] }] });
    const estimated = estimate({ startDate: '2026-01-05', program: long, rates, coverages: [] });
    const text = textOf(
      buildGoodFaithEstimate(facts({ plan: long, estimate: estimated }), { language: 'en', print: 'normal' }),
    );
    expect(text).toContain('52 × $295.00');
    expect(text).toContain('Care after January 2, 2027 is not in this estimate.');
  });
});
