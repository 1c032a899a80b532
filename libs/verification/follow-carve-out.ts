import { chooseIop, withAdministrator } from '@openvob/coverage';
import type { CoverageAnswer } from './conclude';
import type { CoverageOutcome, OpenEnd } from './further-coverages';
import { assumptionOf, type Holder, holderOf } from './known-administrator';
import { iopRequestOf } from './named-payer';
import type { PayerInquiries } from './payer-inquiries';
import type { ChainLink, DirectoryPayer, EstimateBasis, PayerDirectory } from './ports';
import { earlier } from './recheck';
import type { RunInProgress, Target } from './run-in-progress';

type AnsweredOutcome = Extract<CoverageOutcome, { kind: 'answered' }>;

/** A target's answer with those of the administrators behind it, and who they were. */
export interface Followed {
  readonly outcome: AnsweredOutcome;
  readonly links: readonly ChainLink[];
}

export interface FollowingParts {
  readonly inquiries: PayerInquiries;
  readonly directory: PayerDirectory;
}

/** So many payers behind the first are asked at most. */
export const deepest = 3;

/**
 * Asks whoever holds a plan's behavioral health, as its answer says, with the member id that it gives or else the plan's own; and whoever that one names.
 * Where the answer does not say who, it is the one that the directory knows.
 * An administrator that nobody knows or that has to be phoned leaves the plan's answer as it is; a circle is cut.
 *
 * @param before payers of the chain up to this one, this one included
 */
export async function followCarveOut(
  parts: FollowingParts,
  from: { target: Target; outcome: AnsweredOutcome; run: RunInProgress; before: readonly DirectoryPayer[] },
  signal: AbortSignal,
): Promise<Followed | 'superseded'> {
  const { target, run, before } = from;
  const named = carveOutOf(from.outcome.answer, run);
  if (!named) return { outcome: from.outcome, links: [] };
  const holder = await holderOf(parts.directory, target.payer, named);
  if (!holder) return cut(from.outcome, { payer: { name: named.name }, issue: 'unknown_payer' });
  const { payer } = holder;
  const outcome = withHolder(from.outcome, holder);
  const names = [...before, payer].map(({ name }) => name);
  if (before.some(({ id }) => id === payer.id))
    return cut(outcome, { payer, issue: 'loop' }, { kind: 'loop', payers: names });
  if (before.length > deepest) return cut(outcome, { payer, issue: 'too_long' }, { kind: 'too_long', payers: names });
  const next = { ...target, payer, memberId: named.memberId ?? target.memberId };
  const asked = await parts.inquiries.about(next, run, signal);
  if (asked === 'superseded') return asked;
  if (asked.kind !== 'answered' || asked.answer.snapshot.outcome === 'rejected')
    return unanswered(outcome, payer, asked);
  const deeper = await followCarveOut(parts, { target: next, outcome: asked, run, before: [...before, payer] }, signal);
  if (deeper === 'superseded') return deeper;
  const link: ChainLink = {
    payer: idName(payer),
    ...(asked.via ? { via: asked.via } : {}),
    because: 'carve_out',
    answered: true,
  };
  return { outcome: combined(outcome, deeper.outcome, payer), links: [link, ...deeper.links] };
}

function carveOutOf(
  { snapshot }: CoverageAnswer,
  run: RunInProgress,
): { name: string; id?: string; memberId?: string } | undefined {
  const { carveOut } = snapshot;
  if (!carveOut || chooseIop(snapshot, iopRequestOf(run)).iop.decision !== 'carved_out') return undefined;
  const entity = snapshot.entities.find(({ name, id }) => name === carveOut.entity && id !== undefined);
  return {
    name: carveOut.entity,
    ...(entity?.id ? { id: entity.id } : {}),
    ...(carveOut.memberId ? { memberId: carveOut.memberId } : {}),
  };
}

/** A holder that the answer does not name stands in the place of the name, and is told as an assumption. */
function withHolder(outcome: AnsweredOutcome, { payer, known }: Holder): AnsweredOutcome {
  const { answer } = outcome;
  const { carveOut } = answer.snapshot;
  if (!known || !carveOut) return outcome;
  const phone = carveOut.phone ?? payer.phone;
  const named = { ...carveOut, entity: payer.name, ...(phone === undefined ? {} : { phone }) };
  const assumption = assumptionOf(answer.payerName, known, `/coverages/${answer.position}`);
  const assumptions = [...(answer.assumptions ?? []), assumption];
  return { ...outcome, answer: { ...answer, snapshot: { ...answer.snapshot, carveOut: named }, assumptions } };
}

function cut(
  outcome: AnsweredOutcome,
  { payer, issue }: { payer: { id?: string; name: string }; issue: NonNullable<ChainLink['issue']> },
  end?: OpenEnd,
): Followed {
  const link: ChainLink = { payer: idName(payer), because: 'carve_out', answered: false, issue };
  return { outcome: end ? withEnd(outcome, end) : outcome, links: [link] };
}

function unanswered(outcome: AnsweredOutcome, payer: DirectoryPayer, asked: CoverageOutcome): Followed {
  switch (asked.kind) {
    case 'by_phone':
      return cut(outcome, { payer, issue: 'by_phone' });
    case 'no_consent':
      return cut(outcome, { payer, issue: 'no_consent' }, { kind: 'no_consent', payer });
    case 'answered':
      return cut(outcome, { payer, issue: 'turned_away' }, { kind: 'turned_away', payer });
    case 'held_up': {
      const issue = asked.transition.to === 'waiting_for_payer' ? 'waiting' : 'unanswered';
      return cut(outcome, { payer, issue }, { kind: 'held_up', payer, transition: asked.transition });
    }
  }
}

function withEnd(outcome: AnsweredOutcome, end: OpenEnd): AnsweredOutcome {
  return { ...outcome, open: [...(outcome.open ?? []), end] };
}

/** Plan and administrator as one answer. An administrator that says that the coverage is not in force contradicts the plan: a person has to ask. */
function combined(plan: AnsweredOutcome, administrator: AnsweredOutcome, payer: DirectoryPayer): AnsweredOutcome {
  const [own, other] = [plan.answer, administrator.answer];
  if (other.snapshot.status === 'inactive') return withEnd(plan, { kind: 'turned_away', payer });
  const part = ({ inquiryId = '', snapshot }: CoverageAnswer) => ({ answer: inquiryId, snapshot });
  const { snapshot, fromPlan, disputed } = withAdministrator(part(own), part(other));
  const names = { plan: own.payerName, administrator: other.payerName, path: `/coverages/${own.position}` };
  const waits = plan.waits ?? administrator.waits;
  const recheckOn = earlier(plan.recheckOn, administrator.recheckOn);
  const open = [...(plan.open ?? []), ...(administrator.open ?? [])];
  return {
    ...plan,
    answer: {
      ...own,
      snapshot,
      administrator: other.administrator ?? { id: payer.id, name: payer.name },
      assumptions: [
        ...(own.assumptions ?? []),
        ...(other.assumptions ?? []),
        ...assumptionsOf(names, fromPlan, disputed),
      ],
    },
    ...(waits ? { waits } : {}),
    ...(recheckOn ? { recheckOn } : {}),
    ...(open.length > 0 ? { open } : {}),
  };
}

const words = { deductible: 'deductible', out_of_pocket: 'out-of-pocket maximum' } as const;

function assumptionsOf(
  { plan, administrator, path }: { plan: string; administrator: string; path: string },
  fromPlan: readonly (keyof typeof words)[],
  disputed: readonly (keyof typeof words)[],
): EstimateBasis['assumptions'] {
  return [
    {
      code: 'benefits_of_administrator',
      text: `${administrator} holds the behavioral health of ${plan}: cost share, limits and authorization are what it said.`,
      path,
    },
    ...fromPlan.map((kind) => ({
      code: 'accumulator_of_plan',
      text: `${administrator} said nothing of the ${words[kind]}: that of ${plan} is taken to count for behavioral health too.`,
      path,
    })),
    ...disputed.map((kind) => ({
      code: 'accumulator_of_administrator',
      text: `${plan} and ${administrator} give different figures for the ${words[kind]}: those of ${administrator} are used.`,
      path,
    })),
  ];
}

function idName({ id, name }: { id?: string; name: string }): { id?: string; name: string } {
  return { ...(id ? { id } : {}), name };
}
