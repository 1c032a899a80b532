import { chooseIop } from '@openvob/coverage';
import { type AnsweredSide, type ScriptCoverage, type ScriptQuestion, script, withoutFormer } from '@openvob/estimate';
import { type CoverageAnswer, type Situation, settingOf, type WorkedOut } from './worked-out';

/** What is still to ask by phone, from what the payers answered electronically and from what was said in calls. */
export function scriptOf(situation: Situation, worked: WorkedOut): ScriptQuestion[] {
  const { built, estimate, plan, conflicts, answers, coverages } = worked;
  const yearsOf = (position: number) =>
    coverages[answers.findIndex((answer) => answer.position === position)]?.heard?.years;
  return script({
    plan,
    startDate: situation.startDate,
    coverages: answers.map((answer, index) => scriptCoverage(answer, index, situation, worked)),
    answers: withoutFormer(situation.recorded.answers, yearsOf),
    conflicts,
    questions: estimate?.questions ?? [],
    estimateCase: built.case,
  });
}

/** What the electronic answer told of both sides, without the calls. */
function scriptCoverage(
  { position, snapshot, isByPhone }: CoverageAnswer,
  index: number,
  { startDate, underWayOn }: Situation,
  { coverages, plan, built }: WorkedOut,
): ScriptCoverage {
  const network = coverages[index]?.answered.network ?? 'unknown';
  if (isByPhone) return { position, network, own: { assumptions: [] }, outOfNetwork: { assumptions: [] } };
  const side = (of: 'in' | 'out', path: string): AnsweredSide => ({
    snapshot,
    iop: chooseIop(snapshot, { track: plan.track, setting: settingOf(plan), on: underWayOn ?? startDate, network: of })
      .iop,
    assumptions: built.assumptions.filter((one) => one.path.startsWith(`${path}/`)).map(({ code }) => code),
  });
  const path = `/coverages/${index}`;
  return {
    position,
    network,
    own: side(network === 'out' ? 'out' : 'in', path),
    outOfNetwork: side('out', `${path}/outOfNetwork`),
  };
}
