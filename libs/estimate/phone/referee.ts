import type { CivilDate } from '@openvob/benefits';
import { type BankCode, bankQuestion } from './bank';
import type { Said } from './phone-answer';
import { questionId } from './question-ref';

export type Witness = 'phone' | 'electronic';

/** A figure that the electronic answer and a representative stated differently. */
export interface PhoneConflict {
  /** JSON Pointer into the case of the estimate; `/coverages/0/decision` for whether the program is covered. */
  readonly path: string;
  readonly electronic: unknown;
  readonly phone: unknown;
  readonly used: Witness;
  readonly because: string;
  /** Asked again with both on the table: the estimate no longer covers the other figure. */
  readonly isSettled: boolean;
  /** Index of the coverage in the case. */
  readonly coverage: number;
  /** Id of the question that settles it when it is asked again. */
  readonly question: string;
  readonly said: Said;
}

/** Two statements about one thing. */
export interface Dispute<T> {
  readonly path: string;
  /** The question that the representative answered. */
  readonly code: BankCode;
  readonly electronic: T;
  readonly phone: { readonly value: T; readonly said: Said; readonly isSettled: boolean; readonly wasSettled?: true };
  /** The representative was asked about this program, not about the plan as a whole; likewise the electronic row. */
  readonly isPhoneOfProgram?: boolean;
  readonly isElectronicOfProgram?: boolean;
}

interface Hearing {
  /** Index in the case, and in the request. */
  readonly coverage: number;
  readonly position: number;
  /** The day of the electronic answer. */
  readonly answeredOn: CivilDate;
}

/** Says which of two statements is used, and keeps every dispute that it was asked about. */
export interface Referee {
  readonly conflicts: PhoneConflict[];
  used<T>(dispute: Dispute<T>): Witness;
}

/**
 * Which of two statements counts until they are settled: what a representative confirmed when asked again (of a benefit year that
 * is over it counts until the call that asks about the new one); else the one about this program over
 * one about the plan as a whole; else the newer, and of one day the representative's, who was asked because of the other.
 *
 * Source: reference/people.md 2.2 (the words of a call decide disputes), reference/peers.md 15.4.
 *
 * @param instead what to use in place of this rule, by path: how the other figure comes into the range
 */
export function newReferee(
  { coverage, position, answeredOn }: Hearing,
  instead: ReadonlyMap<string, Witness> = new Map(),
): Referee {
  const conflicts: PhoneConflict[] = [];
  return {
    conflicts,
    used(dispute) {
      const ruled = ruling(dispute, answeredOn);
      const used = instead.get(dispute.path) ?? ruled.used;
      const { path, electronic, phone } = dispute;
      const { value, said, isSettled } = phone;
      const question = idOf(dispute.code, path, position);
      conflicts.push({ path, electronic, phone: value, ...ruled, used, isSettled, coverage, question, said });
      return used;
    },
  };
}

function ruling<T>(
  { phone, isPhoneOfProgram = false, isElectronicOfProgram = false }: Dispute<T>,
  answeredOn: CivilDate,
): Pick<PhoneConflict, 'used' | 'because'> {
  if (phone.isSettled) return { used: 'phone', because: 'The representative was asked again and stayed with it.' };
  if (phone.wasSettled)
    return {
      used: 'phone',
      because: 'The representative was asked again and stayed with it, in a benefit year that is over.',
    };
  if (isPhoneOfProgram && !isElectronicOfProgram)
    return {
      used: 'phone',
      because: 'The representative spoke of this program, the electronic answer of the plan as a whole.',
    };
  if (!isPhoneOfProgram && isElectronicOfProgram)
    return {
      used: 'electronic',
      because: 'The electronic answer speaks of this program, the representative spoke of the plan as a whole.',
    };
  return phone.said.on >= answeredOn
    ? { used: 'phone', because: 'The call is the newer of the two.' }
    : { used: 'electronic', because: 'The electronic answer is the newer of the two.' };
}

function idOf(code: BankCode, path: string, coverage: number): string {
  const question = bankQuestion(code);
  if (!question) throw new Error(`No question ${code} in the bank`);
  const isOut = question.isOfSide === true && path.includes('/outOfNetwork/');
  return questionId({ question, coverage, side: isOut ? 'out_of_network' : 'own' });
}
