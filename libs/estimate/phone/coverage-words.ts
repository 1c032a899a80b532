import type { Track } from '@openvob/programs';
import type { BankCode } from './bank';
import { type Heard, hear, type Statement } from './hear';
import type { HeardYears } from './heard-years';
import type { PhoneAnswer } from './phone-answer';

/** What was said by phone of one side of a coverage, by track where the two were asked apart. */
export interface SideWords {
  /** Whatever is not asked by track. */
  readonly own: Heard;
  /** One for each track of the program. */
  readonly views: readonly Heard[];
}

/** What was said by phone of one coverage. */
export interface CoverageWords extends SideWords {
  readonly outOfNetwork: SideWords;
}

/**
 * What was said of a coverage, from all answers of all calls.
 *
 * @param position index of the coverage in the request
 * @param years the benefit years of the coverage, where they are known
 * @param isOut the facility is out of network: what was said without naming a side is of that one
 */
export function coverageWords(
  answers: readonly PhoneAnswer[],
  { position: coverage, track, isOut, years }: CoverageAsked,
): CoverageWords {
  const outOfNetwork = isOut ? withSideNamed(answers) : answers;
  return {
    ...sideWords(answers, { coverage, side: 'own', track, years }),
    outOfNetwork: sideWords(outOfNetwork, { coverage, side: 'out_of_network', track, years }),
  };
}

interface CoverageAsked {
  readonly position: number;
  readonly track: Track;
  readonly isOut: boolean;
  readonly years?: HeardYears;
}

/** Answers out of network, and in their place where there are none those that name no side. */
function withSideNamed(answers: readonly PhoneAnswer[]): PhoneAnswer[] {
  const out = answers.filter(({ side }) => side === 'out_of_network');
  const isNamed = ({ code, coverage }: PhoneAnswer) =>
    out.some((answer) => answer.code === code && answer.coverage === coverage);
  const unnamed = answers.filter((answer) => answer.side === 'own' && !isNamed(answer));
  return [...out, ...unnamed.map((answer) => ({ ...answer, side: 'out_of_network' as const }))];
}

function sideWords(
  answers: readonly PhoneAnswer[],
  { track, ...asked }: Omit<Parameters<typeof hear>[1], 'part'> & { readonly track: Track },
): SideWords {
  const parts = track === 'dual' ? (['sud', 'mh'] as const) : [track];
  const views = parts.map((part) => hear(answers, { ...asked, part }));
  return { own: hear(answers, asked), views };
}

/** What was said of a question, when it was said of every track that it was answered for; two answers that differ are none. */
export function agreed(views: readonly Heard[], code: BankCode): Statement<string> | undefined {
  const said = views.flatMap((view) => view.word(code) ?? []);
  const [first, ...others] = said;
  return others.every(({ value }) => value === first?.value) ? first : undefined;
}
