import { CaseFault } from '../case-fault';
import type { BuiltCase } from '../case-from-benefits/build-estimate-case';
import type { Coverage, EstimateCase, PendingClaims, Rate } from '../estimate-case';
import { type Answer, answerQuestion } from '../what-if/answer';
import { ChangeFault } from '../what-if/change-fault';
import { type CaseEdits, editsOf, restate, settleUnknown } from './case-edits';
import { agreed } from './coverage-words';
import { heardBenefits } from './heard-benefits';
import type { HeardCoverage } from './heard-coverage';
import { saidShares } from './heard-share';
import { phoneFlags } from './phone-flags';

/**
 * A case with what was said by phone: the figures that were built from the decision get their shares, units, structures and sources from the
 * calls. With no calls it stays as it is.
 *
 * @param coverages those of the case, in its order
 */
export function heardCase(built: BuiltCase, coverages: readonly HeardCoverage[]): BuiltCase {
  if (coverages.every(({ heard }) => !heard)) return built;
  const edits = editsOf(built);
  const heard = built.case.coverages.map((coverage, index) =>
    heardCoverage(coverage, index, { built, coverages, edits }),
  );
  const settled = withRates(withPending({ ...built.case, coverages: heard }, coverages, edits), coverages, edits);
  const flags = coverages.flatMap((one, index) => (one.heard ? phoneFlags(one.heard.words, index) : []));
  const answered = withAnswers(settled, coverages, edits);
  return { ...edits, case: answered, flags: [...built.flags, ...flags] };
}

interface Hearing {
  readonly built: BuiltCase;
  readonly coverages: readonly HeardCoverage[];
  readonly edits: CaseEdits;
}

function heardCoverage(coverage: Coverage, index: number, { built, coverages, edits }: Hearing): Coverage {
  const one = coverages[index];
  if (!one?.heard) return coverage;
  const { words, shareFrom, shareFromOut } = one.heard;
  const { snapshot, iop, iopOut } = one.answered;
  const { program } = built.case;
  const path = `/coverages/${index}`;
  const base = {
    coverage: index,
    snapshot,
    edits,
    hasVirtualDays: program.phases.some(({ virtualOn }) => (virtualOn ?? []).length > 0),
    hasOtherServices: program.services.some(({ kind }) => kind !== 'iop_day'),
  };
  const ofSide = coverage.network === 'out' ? words.outOfNetwork : words;
  const own = { ...base, path, words: ofSide, shareFrom, shares: saidShares({ words: ofSide }, iop) };
  noteNetwork(coverage, index, one, edits);
  const outWords = words.outOfNetwork;
  const outShares = iopOut ? saidShares({ words: outWords }, iopOut) : [];
  const out = { ...base, path: `${path}/outOfNetwork`, words: outWords, shareFrom: shareFromOut, shares: outShares };
  const inNetwork = heardBenefits(coverage, iop, own);
  // In network the other side is there for a what-if alone: what it leaves open is no question of this case.
  const outEdits = coverage.network === 'in' ? { ...edits, unknowns: [...edits.unknowns] } : edits;
  const outOfNetwork =
    coverage.outOfNetwork && heardBenefits(coverage.outOfNetwork, iopOut, { ...out, edits: outEdits });
  const heard = { ...coverage, ...inNetwork, ...(outOfNetwork ? { outOfNetwork } : {}) };
  edits.sources = outEdits.sources;
  edits.assumptions = outEdits.assumptions;
  return { ...heard, ...coordinationOf(index, one, edits) };
}

function noteNetwork(coverage: Coverage, index: number, { heard }: HeardCoverage, edits: CaseEdits): void {
  const said = heard?.words.own.word('facility_network');
  if (!said || said.value !== coverage.network) return;
  restate(edits, `/coverages/${index}/network`, said.said, index);
  settleUnknown(edits, 'network');
}

function coordinationOf(index: number, { heard }: HeardCoverage, edits: CaseEdits): Pick<Coverage, 'coordination'> {
  const said = heard?.words.own.word('coordination');
  const word = said?.value;
  if (!said || index === 0) return {};
  if (word !== 'standard' && word !== 'maintenance_of_benefits' && word !== 'non_duplication') return {};
  restate(edits, `/coverages/${index}/coordination`, said.said, index);
  return { coordination: word };
}

/** Claims that were received and not posted: none, or so much of the deductible and of the maximum. */
function withPending(given: EstimateCase, [first]: readonly HeardCoverage[], edits: CaseEdits): EstimateCase {
  const own = first?.heard?.words.own;
  const said = own?.word('claims_not_posted');
  if (!own || !said) return given;
  const { pendingClaims, ...rest } = given;
  if (said.value === 'no') {
    restate(edits, '/pendingClaims', said.said, 0);
    return rest;
  }
  const deductible = own.number('pending_deductible')?.value;
  const outOfPocket = own.number('pending_out_of_pocket')?.value;
  if (deductible === undefined && outOfPocket === undefined) return given;
  restate(edits, '/pendingClaims', said.said, 0);
  const stated: PendingClaims = {
    ...pendingClaims,
    ...(deductible === undefined ? {} : { deductibleCents: deductible }),
    ...(outOfPocket === undefined ? {} : { outOfPocketCents: outOfPocket }),
  };
  return { ...rest, pendingClaims: stated };
}

/** Services that the payer counts as part of the program day are billed at nothing on such a day. */
function withRates(given: EstimateCase, [first]: readonly HeardCoverage[], edits: CaseEdits): EstimateCase {
  const said = first?.heard && agreed(first.heard.words.views, 'therapy_included');
  const day = given.program.services.find(({ kind }) => kind === 'iop_day');
  if (said?.value !== 'yes' || !day) return given;
  const included = new Set(
    given.program.services.filter(({ kind }) => kind !== 'iop_day' && kind !== 'medication').map(({ code }) => code),
  );
  const rates = given.rates.map((rate, at): Rate => {
    if (!included.has(rate.code) || rate.network === 'self_pay' || rate.includedIn) return rate;
    restate(edits, `/rates/${at}/includedIn`, said.said, 0);
    return { ...rate, includedIn: day.code };
  });
  return { ...given, rates };
}

/** Answers to what the estimate asks besides shares; one that it asks no more changes nothing. */
function withAnswers(given: EstimateCase, coverages: readonly HeardCoverage[], edits: CaseEdits): EstimateCase {
  const answers = coverages.flatMap(({ heard }, index) => {
    if (!heard) return [];
    const { own, outOfNetwork } = heard.words;
    return [
      { id: 'accumulator_conflict', path: `/coverages/${index}/periods/0`, said: own.estimate('accumulator_conflict') },
      { id: 'pending_claims', path: '/pendingClaims', said: own.estimate('pending_claims') },
      { id: `authorization:${index}`, path: `/coverages/${index}/authorization`, said: own.estimate('authorization') },
      {
        id: `authorization:${index}:o`,
        path: `/coverages/${index}/outOfNetwork/authorization`,
        said: outOfNetwork.own.estimate('authorization'),
      },
    ];
  });
  return answers.reduce((changed, { id, path, said }) => {
    if (!said) return changed;
    const answered = answeredOf(changed, id, said.value as Answer);
    if (!answered) return changed;
    restate(edits, path, said.said, Number(path.split('/')[2]) || 0);
    return answered;
  }, given);
}

function answeredOf(given: EstimateCase, id: string, answer: Answer): EstimateCase | undefined {
  try {
    return answerQuestion(given, id, answer);
  } catch (thrown) {
    if (thrown instanceof ChangeFault || thrown instanceof CaseFault) return undefined;
    throw thrown;
  }
}
