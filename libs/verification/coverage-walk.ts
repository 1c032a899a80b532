import { chooseIop, namedPayers } from '@openvob/coverage';
import { deepest, type FollowingParts, followCarveOut } from './follow-carve-out';
import { type CoverageOutcome, isForPhone } from './further-coverages';
import { directoryPayer, iopRequestOf } from './named-payer';
import { type AskedCoverage, inPayersOrder, isAnswered, type Statement, withdrawn } from './payers-order';
import type { ChainLink, DirectoryPayer } from './ports';
import { earlier } from './recheck';
import type { RunInProgress, Target } from './run-in-progress';

/** Everything that was asked about the patient in a run. */
export interface Walked {
  /** In the order in which they pay; at least one. */
  readonly outcomes: readonly [CoverageOutcome, ...CoverageOutcome[]];
  /** Positions of coverages that another payer holds and answered for. */
  readonly heldElsewhere: readonly number[];
  /** Empty when no answer named anybody. */
  readonly chain: readonly ChainLink[];
  readonly recheckOn?: string | undefined;
  /** How the payer that the request names first was asked. */
  readonly via?: string | undefined;
}

/** Positions from here on are coverages that the request does not name. */
const firstExtra = 3;
const mostExtras = 2;

/**
 * Asks about all coverages of a request: each payer, the administrators behind it, and payers that pay before it and that the request lacks. While the first
 * coverage waits for an answer no other is asked about; one that has to be asked by phone keeps none waiting.
 */
export class CoverageWalk {
  constructor(private readonly parts: FollowingParts) {}

  async walk(targets: readonly Target[], run: RunInProgress, signal: AbortSignal): Promise<Walked | 'superseded'> {
    const asked: AskedCoverage[] = [];
    for (const target of targets) {
      const coverage = await this.ask(target, 'requested', run, signal);
      if (coverage === 'superseded') return coverage;
      asked.push(coverage);
      if (asked.length === 1 && !isAnswered(coverage.outcome) && !isForPhone(coverage.outcome)) break;
    }
    const statements = await this.followNamed(asked, run, signal);
    if (statements === 'superseded') return statements;
    const ordered = inPayersOrder(asked, statements);
    const [first, ...others] = ordered.map(({ outcome }) => outcome);
    if (!first) throw new Error('No coverage was asked about');
    const links = [...asked.flatMap((coverage) => coverage.links), ...statements.flatMap(({ link }) => link ?? [])];
    const requested = asked[0]?.outcome;
    return {
      outcomes: [first, ...others],
      heldElsewhere: asked.map(({ target }) => target.position).filter((position) => !isAmong(ordered, position)),
      chain: links.some(({ because }) => because !== 'requested') ? links : [],
      recheckOn: asked
        .map(({ outcome }) => (isAnswered(outcome) ? outcome.recheckOn : undefined))
        .reduce(earlier, undefined),
      via: requested && isAnswered(requested) ? requested.via : undefined,
    };
  }

  /** One payer, with the administrators behind it. */
  private async ask(
    target: Target,
    because: ChainLink['because'],
    run: RunInProgress,
    signal: AbortSignal,
  ): Promise<AskedCoverage | 'superseded'> {
    const outcome = await this.parts.inquiries.about(target, run, signal);
    if (outcome === 'superseded') return outcome;
    const own = linkOf(target.payer, because, outcome);
    if (!isAnswered(outcome) || outcome.answer.snapshot.outcome === 'rejected')
      return { target, outcome, links: [own] };
    const followed = await followCarveOut(this.parts, { target, outcome, run, before: [target.payer] }, signal);
    if (followed === 'superseded') return followed;
    return { target, outcome: followed.outcome, links: [own, ...followed.links] };
  }

  /**
   * Asks payers that answers name as paying first, or as holding the coverage themselves, and that were not asked yet: when the directory knows them and a
   * member id was given. What they answer is added to `asked`.
   *
   * @returns everything that the answers say of other payers
   */
  private async followNamed(
    asked: AskedCoverage[],
    run: RunInProgress,
    signal: AbortSignal,
  ): Promise<Statement[] | 'superseded'> {
    const statements: Statement[] = [];
    for (let at = 0; at < asked.length && at < firstExtra + mostExtras; at += 1) {
      const by = asked[at];
      for (const said of by ? await this.saidBy(by, run) : []) {
        const extras = asked.length - asked.filter(({ target }) => target.position < firstExtra).length;
        const isKnown = asked.some(({ target }) => target.payer.id === said.payer?.id);
        const isWanted = said.place === 'primary' || said.place === 'instead';
        if (isKnown || !isWanted || extras >= mostExtras || asked.length > deepest) statements.push(said);
        else if (!said.payer || !said.memberId) statements.push({ ...said, link: notAsked(said) });
        else {
          const target = { position: firstExtra + extras, payer: said.payer, memberId: said.memberId };
          const because = said.place === 'instead' ? 'holds_the_coverage' : 'primary_payer';
          const coverage = await this.ask(target, because, run, signal);
          if (coverage === 'superseded') return coverage;
          asked.push(coverage);
          statements.push(said);
        }
      }
    }
    return statements;
  }

  private async saidBy(by: AskedCoverage, run: RunInProgress): Promise<Statement[]> {
    const { outcome } = by;
    if (!isAnswered(outcome) || outcome.answer.snapshot.outcome === 'rejected') return [];
    const { snapshot } = outcome.answer;
    const isElsewhere = chooseIop(snapshot, iopRequestOf(run)).iop.decision === 'other_payer';
    return Promise.all(
      namedPayers(snapshot, isElsewhere).map(async (named) => {
        const payer = await directoryPayer(this.parts.directory, named);
        return { ...named, by, ...(payer ? { payer } : {}) };
      }),
    );
  }
}

function isAmong(coverages: readonly AskedCoverage[], position: number): boolean {
  return coverages.some(({ target }) => target.position === position);
}

function linkOf(payer: DirectoryPayer, because: ChainLink['because'], outcome: CoverageOutcome): ChainLink {
  const link = { payer: { id: payer.id, name: payer.name }, because };
  switch (outcome.kind) {
    case 'answered': {
      const via = outcome.via ? { via: outcome.via } : {};
      const isTurnedAway = outcome.answer.snapshot.outcome === 'rejected';
      return { ...link, ...via, answered: !isTurnedAway, ...(isTurnedAway ? { issue: 'turned_away' as const } : {}) };
    }
    case 'held_up':
      return { ...link, answered: false, issue: withdrawn(outcome.transition) };
    case 'by_phone':
    case 'no_consent':
      return { ...link, answered: false, issue: outcome.kind };
  }
}

function notAsked({ payer, name, place }: Statement): ChainLink {
  return {
    payer: payer ? { id: payer.id, name: payer.name } : { name },
    because: place === 'instead' ? 'holds_the_coverage' : 'primary_payer',
    answered: false,
    issue: payer ? 'no_member_id' : 'unknown_payer',
  };
}
