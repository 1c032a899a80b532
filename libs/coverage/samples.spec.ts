import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { IopBenefit } from './iop-benefit';
import { readPayerMessage } from './read-payer-message';
import type { ReadRequest, ReadResult } from './read-result';

/** Published messages, kept beside the checkout and not in it. */
const samples = resolve(__dirname, '../../..', 'shared/samples');
const describeSamples = existsSync(samples) ? describe : describe.skip;
const REQUEST: ReadRequest = { track: 'sud', network: 'in', setting: 'in_person' };

function readSample(path: string, request: Partial<ReadRequest> = {}): ReadResult {
  const result = readPayerMessage(readFileSync(join(samples, path), 'utf8'), { ...REQUEST, ...request });
  if ('error' in result) throw new Error(result.error.code);
  return result;
}

function iopOf(path: string, request: Partial<ReadRequest> = {}): IopBenefit {
  const [answer] = readSample(path, request).answers;
  if (answer === undefined) throw new Error('no answer');
  return answer.iop;
}

describeSamples('decisions on published answers', () => {
  it.each<[string, Partial<ReadRequest>, string, string[]]>([
    ['x12/tigershark/271-example-2.txt', {}, 'covered', []],
    ['x12/tigershark/271-dependent-benefits.txt', {}, 'unknown', ['authorization_required']],
    ['x12/tigershark/271-example-dependent-rejection.txt', {}, 'unknown', []],
    ['x12/stedi-json/x12-embedded-01.271', {}, 'not_covered', []],
    ['x12/stedi-json/x12-embedded-01.271', { on: '2024-06-01' }, 'covered_with_conditions', ['tier_unknown']],
    ['x12/stedi-json/x12-embedded-02.271', {}, 'unknown', []],
    ['x12/public-code-corpus/go_springfield_gold_ppo.271', {}, 'covered', []],
    ['x12/public-code-corpus/cms_companion_guide_appendix_b_4010.271', {}, 'other_payer', []],
    ['x12/public-code-corpus/medifax_medicare_4010_masked.271', {}, 'unknown', []],
    ['x12/public-code-corpus/navicure_uhc_choice_plus_aaa_every_level.271', {}, 'unknown', []],
    ['x12/linuxforhealth-x12/dependent-health-benefit-check.271', {}, 'covered', []],
    ['x12/clearmock/000094_active-full.271', {}, 'unknown', []],
    ['x12/clearmock/000142_bh-carve-out.271', {}, 'carved_out', []],
    ['x12/clearmock/000150_mh-visit-limit-exhausted.271', {}, 'covered_with_conditions', ['visit_limit']],
    ['x12/clearmock/000170_eb-V-cannot-process.271', {}, 'unknown', []],
    ['x12/clearmock/000171_eb-U-contact-entity.271', {}, 'unknown', []],
    ['x12/clearmock/000172_eb-N-restricted-provider.271', {}, 'covered_with_conditions', ['restricted_provider']],
    ['x12/chartwarden-hospice/2_inactive_terminated.271', {}, 'not_covered', []],
    ['x12/public-py-parser271-tests/2_inactive.271', {}, 'not_covered', []],
    ['json/stedi-v3/EligibilityCheck.response.200.example1.json', {}, 'covered_with_conditions', ['tier_unknown']],
    ['json/stedi-v3/EligibilityCheck.response.200.example1.json', { on: '2025-01-01' }, 'not_covered', []],
    ['json/stedi-v3/EligibilityCheck.response.400.example2.json', {}, 'unknown', []],
    ['json/stedi-v3/production-deidentified.response.json', {}, 'covered_with_conditions', ['authorization_required']],
    ['json/change-health/000041.example.response.json', {}, 'not_covered', []],
    ['json/change-health/000047.example.response.json', {}, 'covered_with_conditions', ['authorization_required']],
    ['json/change-health/error_response.fields.json', {}, 'unknown', []],
  ])('%s %j: %s %j', (path, request, decision, conditions) => {
    expect(iopOf(path, request)).toMatchObject({ decision, conditions });
  });

  it('chooses line by line: a plan with figures for every service', () => {
    const iop = iopOf('x12/tigershark/271-example-2.txt');
    expect(segments(iop)).toEqual({
      copay: [{ amountCents: 0, per: 'visit' }, 71],
      coinsurance: [{ percent: 20 }, 70],
      deductibleIndividual: [{ limitCents: 11800, remainingCents: 0 }, 41, 42, 43],
      deductibleFamily: [{ limitCents: 23600, remainingCents: 23600 }, 29, 30, 31],
      outOfPocketIndividual: [{ limitCents: 150000, remainingCents: 0 }, 38, 39, 40],
      outOfPocketFamily: [{ limitCents: 300000, remainingCents: 0 }, 26, 27, 28],
    });
    expect(iop).toMatchObject({ authorization: 'unknown', limits: [], unknowns: ['authorization', 'plan_year'] });
  });

  it('does not use the zeros of the other network as if they were met', () => {
    const iop = iopOf('x12/tigershark/271-example-2.txt', { network: 'out' });
    expect(segments(iop)).toEqual({
      deductibleIndividual: [{ limitCents: 0, remainingCents: 0 }, 47, 48, 49],
      deductibleFamily: [{ limitCents: 0, remainingCents: 0 }, 35, 36, 37],
    });
    expect(iop.unknowns).toContain('out_of_pocket');
  });

  it('chooses line by line: base and remaining far apart, used amounts of both networks together', () => {
    const answer = 'json/stedi-v3/production-deidentified.response.json';
    const rows = (...numbers: number[]) => numbers.map((number) => ({ path: `/benefitsInformation/${number}` }));
    expect(iopOf(answer)).toMatchObject({
      deductibleIndividual: { value: { limitCents: 150000, remainingCents: 150000 }, source: rows(15, 6) },
      deductibleFamily: { value: { limitCents: 450000, remainingCents: 430293 }, source: rows(7, 13) },
      outOfPocketIndividual: { value: { limitCents: 500000, remainingCents: 486379 }, source: rows(16, 17) },
      outOfPocketFamily: { value: { limitCents: 1000000, remainingCents: 936115 }, source: rows(20, 18) },
      unknowns: ['cost_share'],
    });
    expect(iopOf(answer, { network: 'out' })).toMatchObject({
      deductibleIndividual: { value: { limitCents: 200000, remainingCents: 200000 }, source: rows(19, 12) },
      outOfPocketFamily: { value: { limitCents: 2000000, remainingCents: 1936115 }, source: rows(8, 10) },
    });
  });

  it("chooses line by line: tiers, vendor's programs and zeros beside the plan's figures", () => {
    const iop = iopOf('x12/stedi-json/x12-embedded-01.271', { on: '2024-06-01' });
    expect(segments(iop)).toEqual({
      copay: [{ amountCents: 0, per: 'visit' }, 91],
      coinsurance: [{ percent: 20 }, 80],
      deductibleFamily: [{ limitCents: 320000, remainingCents: 0 }, 59, 61],
      outOfPocketFamily: [{ limitCents: 685000, remainingCents: 129484 }, 57, 65],
    });
    expect(iop).toMatchObject({ authorization: 'unknown', limits: [], unknowns: ['authorization', 'tier'] });
    expect(iop.outOfPocketFamily?.alternatives).toMatchObject([{ value: { limitCents: 0, remainingCents: 0 } }]);
    const { issues } = readSample('x12/stedi-json/x12-embedded-01.271', { on: '2024-06-01' });
    expect(issues.map(({ code, at }) => `${code} at ${at}`)).toEqual([
      'conflict at segment 25',
      'suspect_zero at segment 36',
      'suspect_zero at segment 105',
    ]);
  });
});

describeSamples('published answers in JSON', () => {
  const folders = ['json', 'fhir', 'api-specs', 'codes'];
  const files = existsSync(samples)
    ? folders.flatMap((folder) => filesUnder(join(samples, folder)))
    : ['(folder absent)'];

  it.each(files)('are read or refused, every source a place in the document: %s', (path) => {
    const text = readFileSync(path, 'utf8');
    const result = readPayerMessage(text, REQUEST);
    if ('error' in result) {
      expect(result.error.position).toBeLessThanOrEqual(text.length);
      return;
    }
    for (const { path: pointer } of sourcesIn(result)) expect(valueAt(JSON.parse(text), pointer)).toBeDefined();
  });
});

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesUnder(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}

function sourcesIn(value: unknown, key = ''): { path?: string }[] {
  if (Array.isArray(value)) return value.flatMap((each) => sourcesIn(each, key));
  if (typeof value !== 'object' || value === null) return [];
  if (key === 'source') return [value];
  return Object.entries(value).flatMap(([name, each]) => sourcesIn(each, name));
}

function valueAt(document: unknown, pointer: string | undefined): unknown {
  const keys = (pointer ?? '/nowhere').split('/').slice(1);
  return keys.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], document);
}

/** Chosen values with the segments they come from. */
function segments(iop: IopBenefit): object {
  const keys = [
    'copay',
    'coinsurance',
    'deductibleIndividual',
    'deductibleFamily',
    'outOfPocketIndividual',
    'outOfPocketFamily',
  ] as const;
  return Object.fromEntries(
    keys.flatMap((key) => {
      const chosen = iop[key];
      return chosen === undefined ? [] : [[key, [chosen.value, ...chosen.source.map(({ segment }) => segment)]]];
    }),
  );
}
