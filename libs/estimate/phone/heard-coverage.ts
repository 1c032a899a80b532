import { type CivilDate, isPlanLevel, type Snapshot } from '@openvob/benefits';
import { chooseIop, type IopBenefit, type IopRequest } from '@openvob/coverage';
import type { AnsweredCoverage } from '../case-from-benefits/build-estimate-case';
import { yearsOf } from '../case-from-benefits/case-benefits';
import { rowsOf } from '../case-from-benefits/stated-rows';
import type { Network } from '../estimate-case';
import { type CoverageWords, coverageWords, type SideWords } from './coverage-words';
import { isAnythingSaid } from './hear';
import { heardIop } from './heard-iop';
import { heardSnapshot, sourceOf } from './heard-snapshot';
import type { HeardYears } from './heard-years';
import type { PhoneAnswer } from './phone-answer';
import { newReferee, type PhoneConflict, type Witness } from './referee';

/** A coverage as a payer answered it, and the calls about it. */
export interface CoverageToHear {
  readonly snapshot: Snapshot;
  /** Index in the request, and in the case. */
  readonly position: number;
  readonly index: number;
  /** What is known of the network without the calls. */
  readonly network: Network | 'unknown';
  readonly request: Omit<IopRequest, 'network'>;
  readonly answeredOn: CivilDate;
  /** The date that the figures of the case are of, and its last date of service (`figureDates`). */
  readonly asOf: CivilDate;
  readonly until: CivilDate;
  readonly answers: readonly PhoneAnswer[];
  /** Which statement to use in place of the rule's, by path. */
  readonly instead?: ReadonlyMap<string, Witness>;
}

/** A coverage with what was said of it by phone: the decision, and what the case is built and then completed from. */
export interface HeardCoverage {
  readonly answered: AnsweredCoverage;
  readonly conflicts: readonly PhoneConflict[];
  /** Left out where nothing was said: then the coverage stays as it was answered. */
  readonly heard?: {
    readonly position: number;
    readonly words: CoverageWords;
    readonly years: HeardYears;
    readonly shareFrom: Witness | undefined;
    readonly shareFromOut: Witness | undefined;
  };
}

/**
 * Decides about a coverage from a payer's answer and from the calls. Where both speak the referee says which is used; with no calls it is what
 * the answer alone says.
 */
export function hearCoverage(given: CoverageToHear): HeardCoverage {
  const { snapshot, position, request, answers } = given;
  if (!isAnythingSaid(answers, position)) return { answered: asAnswered(given), conflicts: [] };
  const { track } = request;
  const said = coverageWords(answers, { position, track, isOut: false }).own.word('facility_network');
  const network = said?.value === 'in' || said?.value === 'out' ? said.value : given.network;
  const isOut = network === 'out';
  const side = isOut ? 'out' : 'in';
  const decide = (one: Snapshot) => chooseIop(one, { ...request, network: side }).iop;
  const year = statedYear(coverageWords(answers, { position, track, isOut }), given.answeredOn);
  const { years } = yearsOf({ ...given, iop: decide(snapshot), ...(year ? { year } : {}) });
  const words = coverageWords(answers, { position, track, isOut, years });
  const path = `/coverages/${given.index}`;
  const about = { coverage: given.index, position, answeredOn: given.answeredOn };
  const referee = newReferee(about, given.instead);
  const heardOf = heardSnapshot(snapshot, { words, referee, path, track, decide });
  const hear = (iop: IopBenefit, of: SideWords, at: string, into = referee) =>
    heardIop(iop, { ...hearingOf(given, iop, at), words: of, referee: into });
  const own = hear(decide(heardOf), isOut ? words.outOfNetwork : words, path);
  // In network the other side is there for a what-if alone: it adds no dispute.
  const aside = network === 'unknown' ? referee : newReferee(about);
  const out = hear(
    chooseIop(heardOf, { ...request, network: 'out' }).iop,
    words.outOfNetwork,
    `${path}/outOfNetwork`,
    aside,
  );
  return {
    answered: { snapshot: heardOf, iop: own.iop, iopOut: out.iop, network, ...(year ? { year } : {}) },
    conflicts: referee.conflicts,
    heard: { position, words, years, shareFrom: own.from, shareFromOut: out.from },
  };
}

function asAnswered({ snapshot, request, network }: CoverageToHear): AnsweredCoverage {
  const side = network === 'out' ? 'out' : 'in';
  return {
    snapshot,
    iop: chooseIop(snapshot, { ...request, network: side }).iop,
    iopOut: chooseIop(snapshot, { ...request, network: 'out' }).iop,
    network,
  };
}

function hearingOf(
  { snapshot, answeredOn }: CoverageToHear,
  { copay, coinsurance }: IopBenefit,
  path: string,
): { path: string; answeredOn: CivilDate; isShareOfProgram: boolean } {
  const rows = [...rowsOf(snapshot.costShares, copay), ...rowsOf(snapshot.costShares, coinsurance)];
  return { path, answeredOn, isShareOfProgram: rows.some(({ serviceTypes }) => !isPlanLevel(serviceTypes)) };
}

/** The benefit year that was stated. */
function statedYear({ own }: CoverageWords, answeredOn: CivilDate): AnsweredCoverage['year'] {
  const kind = own.word('plan_year');
  const start = own.word('plan_year_start');
  if (start && kind?.value !== 'calendar_year') return { from: start.value, source: [sourceOf(start.said)] };
  if (kind?.value !== 'calendar_year') return undefined;
  return { from: `${answeredOn.slice(0, 4)}-01-01`, source: [sourceOf(kind.said)] };
}
