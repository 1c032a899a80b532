import type { CallJson, CallSheetJson, ScriptQuestion } from '@openvob/results';
import { apiValue, asSpoken, type Typed, typedValue } from './answer-value';

/** An answer as it is sent. */
export interface GivenAnswer {
  readonly questionId: string;
  readonly value: unknown;
  readonly words?: string;
}

/** What was typed and can be read, of the questions that are asked. */
export function answersOf(
  asked: readonly ScriptQuestion[],
  typed: Readonly<Record<string, Typed>>,
  words: Readonly<Record<string, string>>,
): GivenAnswer[] {
  return asked.flatMap(({ id, value, code }) => {
    const read = apiValue(value, typed[id]);
    if (read === undefined) return [];
    const said = words[id]?.trim();
    return [
      {
        questionId: id,
        value: read,
        ...(said ? { words: said } : {}),
        ...(code === 'conflict' ? { settles: true } : {}),
      },
    ];
  });
}

interface AmendedForm {
  readonly typed: Readonly<Record<string, Typed>>;
  readonly words: Readonly<Record<string, string>>;
  /** Answers to questions that are not asked any more: they are taken along. */
  readonly carried: readonly GivenAnswer[];
}

/** A recorded call as it was typed. */
export function typedOf({ answers }: CallJson, { questions }: CallSheetJson): AmendedForm {
  const form = {
    typed: {} as Record<string, Typed>,
    words: {} as Record<string, string>,
    carried: [] as GivenAnswer[],
  };
  const found = answers.map((answer) => ({ answer, question: questions.find(({ id }) => id === answer.questionId) }));
  // What a question unfolds is in the unit that the answer to it says.
  const [unfolding, unfolded] = [false, true].map((is) =>
    found.filter(({ question }) => Boolean(question?.onlyIf) === is),
  );
  for (const { answer, question } of [...(unfolding ?? []), ...(unfolded ?? [])]) {
    const typed = question && typedValue(asSpoken(question, form.typed).value, answer.value);
    if (typed === undefined) form.carried.push(answer);
    else form.typed[answer.questionId] = typed;
    if (typed !== undefined && answer.words) form.words[answer.questionId] = answer.words;
  }
  return form;
}

export function changed(
  before: Readonly<Record<string, Typed>>,
  id: string,
  value: Typed | undefined,
): Readonly<Record<string, Typed>> {
  const { [id]: _, ...rest } = before;
  return value === undefined ? rest : { ...rest, [id]: value };
}
