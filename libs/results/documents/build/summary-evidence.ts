import { serviceTypeName } from '@openvob/benefits';
import { questionRef } from '@openvob/estimate';
import type { KeptAnswer } from '../../kept-answer';
import type { Block } from '../content';
import type { CallOnRecord } from '../dossier';
import { momentIn } from '../formats';
import type { Summarising } from './summary';

/** So many exchanges are told; a verification that was asked again for months has more in the record itself. */
const mostTold = 60;

/** Who was asked when about what, and who could not be asked. */
export function askedBlocks({ dossier, language, words: { summary: own } }: Summarising): Block[] {
  const { answers, view, facility } = dossier;
  const moment = (at: Date): string => momentIn(language, at, facility.timeZone);
  const rows = answers
    .slice(-mostTold)
    .map((answer) => [
      answer.payer,
      moment(answer.askedAt),
      serviceText(answer.serviceType),
      outcomeText(answer, own.outcomes, (at) => own.reusedOn(moment(at))),
    ]);
  const notAsked = (view.chain ?? [])
    .filter(({ answered, issue }) => !answered && issue)
    .map(({ payer, issue }) => [payer.name, own.notAsked, '', own.chainIssues[issue ?? ''] ?? issue ?? '']);
  if (rows.length + notAsked.length === 0) return [];
  return [
    { kind: 'heading', text: own.payersTitle },
    {
      kind: 'table',
      caption: own.payersCaption,
      columns: [{ title: own.payer }, { title: own.askedAt }, { title: own.askedAbout }, { title: own.answered }],
      rows: [...rows, ...notAsked],
    },
  ];
}

function serviceText(code: string): string {
  const name = serviceTypeName(code);
  return name ? `${name} (${code})` : code;
}

function outcomeText(
  { snapshot, instead, reused }: KeptAnswer,
  outcomes: Readonly<Record<string, string>>,
  again: (at: Date) => string,
): string {
  const outcome = snapshot?.outcome ?? instead?.outcome ?? '';
  const codes = (snapshot?.rejections ?? []).map(({ code }) => code).join(', ');
  const why = instead?.why ?? codes;
  const told = `${outcomes[outcome] ?? outcome}${why ? ` (${why})` : ''}`;
  return reused ? `${told}; ${again(reused.answeredAt)}` : told;
}

/** Every call with its exact words, which decide disputes. */
export function callBlocks({ dossier, language, words: { summary: own } }: Summarising): Block[] {
  const { calls, facility } = dossier;
  if (calls.length === 0) return [];
  const told = calls.flatMap((call): Block[] => {
    const from = momentIn(language, new Date(call.startedAt), facility.timeZone);
    const { representative, referenceNumber: reference } = call;
    const head = own.call({ from, representative, reference });
    return [
      { kind: 'text', text: call.amends ? `${head} (${own.amends})` : head },
      { kind: 'list', items: call.answers.map((answer) => answerText(answer, own)) },
    ];
  });
  return [{ kind: 'heading', text: own.callsTitle }, ...told];
}

function answerText(
  { questionId, value, words }: CallOnRecord['answers'][number],
  own: Summarising['words']['summary'],
): string {
  const said = value === undefined || value === 'unknown' ? own.wouldNotSay : valueText(value);
  return own.answerSaid(askOf(questionId), said, words);
}

/** The question as the bank has it; a question of an estimate is told by its id. */
function askOf(questionId: string): string {
  const ref = questionRef(questionId);
  const known = ref?.kind === 'bank' ? ref.question : undefined;
  return known ? withoutBlanks(known.ask) : questionId;
}

/** A question without the places that are filled in on the phone (`{payer}`) and its question mark. */
function withoutBlanks(ask: string): string {
  const told = ask
    .replace(/\{[a-z]+\}/g, '')
    .replaceAll('  ', ' ')
    .replaceAll(' ?', '?')
    .replaceAll(' ,', ',');
  return told.endsWith('?') ? told.slice(0, -1) : told;
}

function valueText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
}
