import type { CivilDate, Snapshot } from '@openvob/benefits';
import type { ActiveSpan } from '../estimate-case';
import type { BenefitYear } from './benefit-years';
import { assume, type CaseNotes, cite } from './case-notes';

type Span = Snapshot['spans'][number];

interface ActiveContext {
  readonly startDate: CivilDate;
  readonly years: readonly BenefitYear[];
  /** JSON Pointer to the list of spans. */
  readonly path: string;
  readonly notes: CaseNotes;
}

/** A span without a beginning has always been active. */
const EARLIEST: CivilDate = '0001-01-01';

/**
 * When a coverage is active: never when the payer says inactive; else by its dates of eligibility, or of the plan where there are
 * none. A span that ends with a benefit year is taken to be renewed; one that ends within it ends the coverage.
 *
 * Source: benefits reference 1.8 (DTP 307, 356/357, 291, 346/347).
 */
export function activeSpans(snapshot: Snapshot, context: ActiveContext): ActiveSpan[] {
  const { path, notes, startDate } = context;
  if (snapshot.status === 'inactive') return [];
  if (snapshot.status !== 'active') assume(notes, 'status_not_active', path);
  const stated = statedSpans(snapshot);
  if (stated.length > 0) return stated.map((span, index) => activeSpan(span, { ...context, path: `${path}/${index}` }));
  assume(notes, 'coverage_dates_not_stated', `${path}/0/from`);
  return [{ from: startDate }];
}

function statedSpans({ spans }: Snapshot): Span[] {
  const ofKind = (kind: Span['what']) => spans.filter(({ what }) => what === kind);
  const eligibility = ofKind('eligibility');
  return (eligibility.length > 0 ? eligibility : ofKind('plan')).filter(({ from, to }) => !from || !to || from <= to);
}

function activeSpan({ from, to, source }: Span, { years, path, notes }: ActiveContext): ActiveSpan {
  if (from) cite(notes, `${path}/from`, [source]);
  else assume(notes, 'coverage_dates_not_stated', `${path}/from`);
  const since = from ?? EARLIEST;
  if (to === undefined) return { from: since };
  if (years.some((year) => year.to === to)) {
    assume(notes, 'renewal_assumed', path);
    return { from: since };
  }
  cite(notes, `${path}/to`, [source]);
  return { from: since, to };
}
