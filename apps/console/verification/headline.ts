import type { Estimate, VerificationJson } from '@openvob/results';
import { word } from '../words/codes';
import { day, list, median, money } from '../words/format';

export type Tone = 'fine' | 'soon' | 'late' | 'quiet';

/** What is said at the top: covered or not, what it costs, what is missing, good until when. */
export interface Headline {
  readonly tone: Tone;
  readonly title: string;
  /** Behind the title, in a sentence. */
  readonly detail?: string;
  readonly figures: readonly Figure[];
  readonly missing?: string;
  readonly goodUntil?: string;
}

export interface Figure {
  readonly name: string;
  readonly value: string;
  readonly note?: string;
}

const selfPay = 'Where the family pays itself, the Good Faith Estimate under Documents says what it costs.';
const underWay = new Set(['received', 'queued', 'asking_payer', 'waiting_for_payer']);

/** Puts a verification into words. */
export function headlineOf(verification: VerificationJson): Headline {
  const { decision, estimate, goodUntil } = verification;
  const missing = missingOf(verification);
  return {
    ...titleOf(verification),
    figures: estimate ? figuresOf(estimate) : [],
    ...(missing ? { missing } : {}),
    ...(goodUntil && decision
      ? { goodUntil: `Good until ${day(goodUntil.date)}: ${word('goodUntil', goodUntil.because)}.` }
      : {}),
  };
}

function titleOf({ status, decision, reason, payer }: VerificationJson): Pick<Headline, 'tone' | 'title' | 'detail'> {
  const who = payer?.name ?? 'The payer';
  if (status === 'inactive')
    return {
      tone: 'late',
      title: 'Not active',
      detail: `${who} says the coverage is not active on the first day. ${selfPay}`,
    };
  if (decision && (!underWay.has(status) || decision.decision !== 'unknown')) return decided(decision, who);
  if (status === 'not_found')
    return {
      tone: 'late',
      title: 'Member not found',
      detail: `${who} does not find this person. Compare name, birth date and member id with the card.`,
    };
  if (underWay.has(status))
    return {
      tone: 'quiet',
      title: word('status', status),
      ...(reason ? { detail: `${word('reason', reason)}. It is asked again by itself.` } : {}),
    };
  return {
    tone: status === 'failed' ? 'late' : 'soon',
    title: word('status', status),
    ...(reason ? { detail: `${word('reason', reason)}.` } : {}),
  };
}

function decided(
  decision: NonNullable<VerificationJson['decision']>,
  who: string,
): Pick<Headline, 'tone' | 'title' | 'detail'> {
  const title = word('decision', decision.decision);
  const conditions = decision.conditions.map((code) => word('condition', code));
  switch (decision.decision) {
    case 'covered':
      return { tone: 'fine', title, detail: `${who} says that the program is covered.` };
    case 'covered_with_conditions':
      return { tone: 'soon', title, detail: `${who} covers the program: ${list(conditions)}.` };
    case 'not_covered':
      return { tone: 'late', title, detail: `${who} says that the program is not covered. ${selfPay}` };
    case 'unknown':
      return { tone: 'soon', title: 'Not known yet', detail: `${who} did not say whether the program is covered.` };
    default:
      return { tone: 'soon', title };
  }
}

/** First day, a typical week, all of it: small dated amounts first. */
export function figuresOf({ total, firstDayCents, perWeek, days }: Estimate): Figure[] {
  const weeks = perWeek.map(({ patientCents }) => patientCents);
  const first = days[0];
  const isKnown = total.likelyCents !== undefined;
  const whole = rangeOf(total);
  if (!isKnown) return [{ name: 'Whole program', value: whole, note: 'Nobody has said what the patient pays yet' }];
  return [
    { name: 'First day', value: money(firstDayCents), ...(first ? { note: day(first.date) } : {}) },
    { name: 'A typical week', value: money(median(weeks)), ...weekNote(weeks) },
    {
      name: 'Whole program',
      value: money(total.likelyCents ?? 0),
      note:
        total.lowCents === total.highCents
          ? `${weeks.length} weeks`
          : `between ${money(total.lowCents)} and ${money(total.highCents)}`,
    },
  ];
}

function weekNote(weeks: readonly number[]): { note?: string } {
  if (weeks.length < 2) return {};
  const [least, most] = [Math.min(...weeks), Math.max(...weeks)];
  return least === most ? { note: 'every week the same' } : { note: `${money(least)} to ${money(most)} a week` };
}

/** `$1,150 to $2,400`, or the one amount. */
export function rangeOf({ lowCents, highCents }: Estimate['total']): string {
  return lowCents === highCents ? money(lowCents) : `${money(lowCents)} to ${money(highCents)}`;
}

function missingOf({ decision, estimate, status }: VerificationJson): string | undefined {
  if (status === 'verified' || !decision) return undefined;
  const unsaid = decision.unknowns.map((code) => word('unknown', code));
  if (unsaid.length === 0) return undefined;
  const [first] = estimate?.questions ?? [];
  const worth =
    first && first.swingCents > 0 ? ` The answer narrows the range by up to ${money(first.swingCents)}.` : '';
  return `Not said: ${list(unsaid)}.${worth}`;
}
