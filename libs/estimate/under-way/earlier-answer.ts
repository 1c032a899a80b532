import type { Cents, CivilDate } from '@openvob/benefits';
import type { CaseSource } from '../case-from-benefits/case-notes';
import type { EstimateCase } from '../estimate-case';
import type { Estimate } from '../worksheet';

/** What a day of the program puts on the first coverage's accumulators, by an estimate. */
export interface PostedDay {
  readonly date: CivilDate;
  readonly deductibleCents: Cents;
  readonly outOfPocketCents: Cents;
}

/** What was known of a program before its payer was asked again. */
export interface EarlierAnswer {
  readonly case: EstimateCase;
  readonly posted: readonly PostedDay[];
  /** Of the places in `case`. */
  readonly sources: readonly CaseSource[];
  readonly assumptions: readonly { readonly path: string; readonly code: string; readonly text: string }[];
}

/** What an earlier case and its estimate say of the days before `today`; whatever its days have put on the accumulators since is the program's own. */
export function earlierAnswer(
  earlier: EstimateCase,
  { days }: Pick<Estimate, 'days'>,
  notes: Pick<EarlierAnswer, 'sources' | 'assumptions'>,
  today: CivilDate,
): EarlierAnswer {
  const posted = days.filter(({ date }) => date < today).map(postedOn);
  return { case: earlier, posted, ...notes };
}

/** What is not covered, penalties and balance bills count towards nothing. */
function postedOn({ date, lines }: Estimate['days'][number]): PostedDay {
  const sum = (of: (line: (typeof lines)[number]) => Cents): Cents =>
    lines.reduce((total, line) => total + of(line), 0);
  const deductibleCents = sum((line) => line.deductibleCents);
  const shares = sum(({ copayCents, coinsuranceCents }) => copayCents + coinsuranceCents);
  return { date, deductibleCents, outOfPocketCents: deductibleCents + shares };
}
