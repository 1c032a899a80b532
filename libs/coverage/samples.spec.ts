import { existsSync, readFileSync } from 'node:fs';
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
