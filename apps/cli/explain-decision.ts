import type { Chosen, IopBenefit, ReadAnswer, ReadRequest } from '@openvob/coverage';
import { askFor } from '@openvob/verification/call-questions';
import { chosenText, limitText } from './explain-figures';
import type { Page, Tone } from './explain-page';
import {
  CONDITION_WORDS,
  DECISION_WORDS,
  NETWORK_WORDS,
  PERIOD_WORDS,
  serviceTypes,
  sourceText,
  TRACK_WORDS,
  UNIT_WORDS,
} from './explain-words';

const TONES: Readonly<Record<IopBenefit['decision'], Tone>> = {
  covered: 'good',
  covered_with_conditions: 'good',
  not_covered: 'bad',
  carved_out: 'warning',
  other_payer: 'warning',
  unknown: 'warning',
};
const AUTHORIZATION_WORDS = { yes: 'required', no: 'not required', unknown: 'not said' } as const;

/** The decision for the program in plain words: why, under which conditions, with which figures, and what to ask. */
export function explainDecision(answer: ReadAnswer, request: ReadRequest, page: Page): void {
  const { iop } = answer;
  page.heading('Decision for an intensive outpatient program');
  page.line(programText(request), { indent: 2, tone: 'quiet' });
  page.line(`${DECISION_WORDS[iop.decision]}${reasonOf(answer)}`, { tone: TONES[iop.decision], indent: 2 });
  for (const condition of iop.conditions) {
    page.line(`- ${CONDITION_WORDS.get(condition) ?? condition}`, { indent: 2, hang: 4 });
  }
  page.line(`Authorization: ${AUTHORIZATION_WORDS[iop.authorization]}`, { indent: 2 });
  for (const [label, chosen] of figuresOf(iop)) explainChosen(label, chosen, page);
  explainLimits(iop, page);
  if (answer.outcome !== 'rejected') explainUnknowns(iop, page);
}

function programText({ track, network, setting, on }: ReadRequest): string {
  const where = setting === 'virtual' ? 'virtual' : 'in person';
  const date = on === undefined ? 'on the date of service that the answer names' : `on ${on}`;
  return `${TRACK_WORDS[track]}, ${NETWORK_WORDS[network]}, ${where}, ${date}`;
}

/** What of the answer the decision follows from, where one sentence can tell it. */
function reasonOf({ iop, status, outcome, carveOut }: ReadAnswer): string {
  switch (iop.decision) {
    case 'not_covered':
      if (status === 'inactive') return ' The coverage is not active on the date of service.';
      return ' Behavioral health or the program is excluded in this network, or not active on the date of service.';
    case 'carved_out':
      return carveOut === undefined ? '' : ` Ask ${carveOut.entity}.`;
    case 'unknown':
      if (outcome === 'rejected') return ' The payer rejected the inquiry.';
      if (status === 'pending') return ' The coverage is pending.';
      if (status === 'unknown') return ' The payer does not tell whether the coverage is active.';
      return ' The payer says nothing of behavioral health outpatient care in this network.';
    default:
      return '';
  }
}

function figuresOf(iop: IopBenefit): [string, Chosen][] {
  const all: [string, Chosen | undefined][] = [
    ['Copay', iop.copay],
    ['Coinsurance', iop.coinsurance],
    ['Deductible, individual', iop.deductibleIndividual],
    ['Deductible, family', iop.deductibleFamily],
    ['Out-of-pocket maximum, individual', iop.outOfPocketIndividual],
    ['Out-of-pocket maximum, family', iop.outOfPocketFamily],
  ];
  return all.flatMap(([label, chosen]) => (chosen === undefined ? [] : [[label, chosen]]));
}

function explainChosen(label: string, chosen: Chosen, page: Page): void {
  const text = `${label}: ${chosenText(chosen.value)} (rule ${chosen.rule})`;
  page.line(text, { indent: 2, source: sourceText(chosen.source) });
  for (const { value, why, source } of chosen.alternatives) {
    const said = chosenText(value as Chosen['value']);
    page.line(`not ${said}: rule ${why}`, { indent: 4, tone: 'quiet', source: sourceText(source) });
  }
}

function explainLimits({ limits }: IopBenefit, page: Page): void {
  for (const limit of limits) {
    const period = PERIOD_WORDS[limit.period];
    const what = `${UNIT_WORDS[limit.unit]}${period === '' ? '' : ` (${period})`}`;
    const text = `${what}: ${limitText(limit)}, for ${serviceTypes(limit.serviceTypes)}`;
    page.line(text, { indent: 2, source: sourceText(limit.source) });
  }
}

function explainUnknowns({ unknowns }: IopBenefit, page: Page): void {
  if (unknowns.length === 0) return;
  page.line('Not said; ask the payer:', { indent: 2, tone: 'warning' });
  for (const unknown of unknowns) page.line(`- ${askFor(unknown)}`, { indent: 2, hang: 4 });
}
