import type { Cents, CivilDate, Snapshot, Source } from '@openvob/benefits';
import type { IopBenefit } from '@openvob/coverage';
import { expandSchedule, type ProgramPlan, type Screening } from '@openvob/programs';
import type { Coverage, EstimateCase, Network, PendingClaims, Rate } from '../estimate-case';
import type { CaseFlag } from '../flags/case-flag';
import { caseFlags } from '../flags/case-flags';
import { rateBook } from '../rate-book';
import { activeSpans } from './active-spans';
import { caseBenefits, type SideInputs } from './case-benefits';
import { assumption, type CaseAssumption, type CaseNotes, type CaseSource, newCaseNotes } from './case-notes';
import { withMedicareRules } from './medicare-benefit';

/** What a payer answered about one coverage, and the network that the program is in for it. */
export interface AnsweredCoverage {
  readonly snapshot: Snapshot;
  /** Chosen for the network at hand; in network where that is unknown. */
  readonly iop: IopBenefit;
  /** Chosen for out of network. */
  readonly iopOut?: IopBenefit;
  readonly network: Network | 'unknown';
  /** A day on which its benefit year begins, where somebody said so; the year of the answer is the one that it makes. */
  readonly year?: { readonly from: CivilDate; readonly source: readonly Source[] };
  /** The day that its figures are of, where it is not the one of the other answers. */
  readonly answeredOn?: CivilDate;
}

export interface CaseInputs {
  readonly startDate: CivilDate;
  readonly program: ProgramPlan;
  readonly rates: readonly Rate[];
  /** The primary first; at most two are counted. */
  readonly coverages: readonly AnsweredCoverage[];
  readonly pendingClaims?: PendingClaims;
  /** The day on which the payers answered: what is used and left is of that day, whatever date was asked about. */
  readonly answeredOn?: CivilDate;
  /** The program was under way on that day: the first benefit year is the one of that day, not of the start. */
  readonly isUnderWay?: boolean;
  /** For the flags: length of a program day in hours, and what the admission screening found. */
  readonly sessionHours?: number;
  readonly screening?: Screening;
}

/** A case, and for every figure of its coverages what it stands on. */
export interface BuiltCase {
  readonly case: EstimateCase;
  readonly assumptions: CaseAssumption[];
  readonly sources: CaseSource[];
  /** What the payers left unsaid, each once. */
  readonly unknowns: string[];
  /** What to look at or to ask about beside the estimate; they change no figure. */
  readonly flags: CaseFlag[];
}

type Side = Pick<SideInputs, 'iop' | 'path' | 'network' | 'isInNetworkAlone'>;

interface BuiltCoverage {
  readonly coverage: Coverage;
  readonly notes: CaseNotes;
}

/** An estimate counts two coverages. Source: estimate contract, `EstimateCase`. */
const MOST_COVERAGES = 2;

/**
 * Puts an estimate's case together from what payers answered. Every figure of a coverage has its path in `sources` (the payer's
 * words) or in `assumptions`; a share that nobody stated stays unknown, never 0.
 *
 * The figures are taken to be of the day of the answer (without it, of the date that it was worked out for), or of the start
 * where that is earlier.
 * Source: estimate contract, "Case"; benefits reference 1.10 and 3.
 */
export function buildEstimateCase(inputs: CaseInputs): BuiltCase {
  const built = inputs.coverages
    .slice(0, MOST_COVERAGES)
    .map((answered, index) => builtCoverage(answered, index, inputs));
  const { startDate, program, rates, pendingClaims } = inputs;
  const coverages = built.map(({ coverage }) => coverage);
  return {
    case: { startDate, program, rates, coverages, ...(pendingClaims ? { pendingClaims } : {}) },
    assumptions: [...programAssumptions(inputs), ...built.flatMap(({ notes }) => notes.assumptions)],
    sources: built.flatMap(({ notes }) => notes.sources),
    unknowns: [...new Set(built.flatMap(({ notes }) => notes.unknowns))],
    flags: caseFlags(inputs),
  };
}

function builtCoverage(answered: AnsweredCoverage, index: number, inputs: CaseInputs): BuiltCoverage {
  const { snapshot, iop, network } = answered;
  const notes = newCaseNotes(index);
  notes.unknowns.push(...iop.unknowns);
  const path = `/coverages/${index}`;
  const episode = { ...episodeOf(answered, inputs), ...(answered.year ? { year: answered.year } : {}) };
  const sideOf = (side: Side, into: CaseNotes = notes) =>
    caseBenefits({ ...side, ...episode, snapshot, notes: into, dayPriceCents: dayPrice(inputs, side.network) });
  const { years, ...own } = sideOf({
    iop: withMedicareRules(iop, snapshot, episode.asOf),
    path,
    network: network === 'out' ? 'out' : 'in',
    isInNetworkAlone: network === 'in' || (network === 'unknown' && isAnswered(answered.iopOut)),
  });
  const active = activeSpans(snapshot, {
    startDate: inputs.startDate,
    years: years.years,
    path: `${path}/active`,
    notes,
  });
  return { coverage: { network, active, ...own, ...outOfNetworkOf(answered, path, notes, sideOf) }, notes };
}

/**
 * The side out of network, whenever the payer answered for it. In network it is there for a what-if alone: what it leaves open is no
 * question of this case.
 */
function outOfNetworkOf(
  { iopOut, network }: AnsweredCoverage,
  path: string,
  notes: CaseNotes,
  sideOf: (side: Side, into: CaseNotes) => ReturnType<typeof caseBenefits>,
): Pick<Coverage, 'outOfNetwork'> {
  if (!isAnswered(iopOut)) return {};
  const into = network === 'in' ? newCaseNotes(notes.coverage) : notes;
  const { years: _, ...outOfNetwork } = sideOf(
    { iop: iopOut, path: `${path}/outOfNetwork`, network: 'out', isInNetworkAlone: false },
    into,
  );
  if (into !== notes) {
    notes.sources.push(...into.sources);
    notes.assumptions.push(...into.assumptions);
  }
  return { outOfNetwork };
}

function isAnswered(iop: IopBenefit | undefined): iop is IopBenefit {
  if (!iop) return false;
  const { copay, coinsurance, deductibleIndividual, deductibleFamily, outOfPocketIndividual, outOfPocketFamily } = iop;
  const figures = [
    copay,
    coinsurance,
    deductibleIndividual,
    deductibleFamily,
    outOfPocketIndividual,
    outOfPocketFamily,
  ];
  return iop.decision === 'not_covered' || figures.some((figure) => figure !== undefined);
}

function episodeOf(
  { snapshot, answeredOn: ownDay }: AnsweredCoverage,
  inputs: CaseInputs,
): Pick<SideInputs, 'asOf' | 'until' | 'hasOtherServices'> {
  const { startDate, program, answeredOn } = inputs;
  return {
    ...figureDates(inputs, ownDay ?? answeredOn ?? snapshot.basis?.serviceDate ?? startDate),
    hasOtherServices: program.services.some(({ kind }) => kind !== 'iop_day'),
  };
}

/** The date that figures of a day are taken to be of, and the last date of service. */
export function figureDates(
  { startDate, program, isUnderWay }: Pick<CaseInputs, 'startDate' | 'program' | 'isUnderWay'>,
  answered: CivilDate,
): { readonly asOf: CivilDate; readonly until: CivilDate } {
  return { asOf: answered < startDate || isUnderWay ? answered : startDate, until: lastDay(program, startDate) };
}

/** A calendar of closures is one that names a day of the program, or days before and after it and none between. */
function programAssumptions({ program, startDate }: CaseInputs): CaseAssumption[] {
  const until = lastDay(program, startDate);
  const closures = program.closedOn ?? [];
  const isWithin = closures.some((date) => startDate <= date && date <= until);
  const isAround = closures.some((date) => date < startDate) && closures.some((date) => date > until);
  return isWithin || isAround ? [] : [assumption('no_closures_assumed', '/program/closedOn')];
}

function lastDay(program: ProgramPlan, startDate: CivilDate): CivilDate {
  return expandSchedule(program, startDate).days.at(-1)?.date ?? startDate;
}

function dayPrice({ program, rates, startDate }: CaseInputs, network: Network): Cents | undefined {
  const book = rateBook(rates);
  const days = program.services.filter(({ kind }) => kind === 'iop_day');
  return days.map(({ code }) => book.find(code, network, startDate)).find((rate) => rate !== undefined)?.allowedCents;
}
