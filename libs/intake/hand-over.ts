import { Problem, type ProblemField } from '@openvob/platform';
import { escapeKey } from './json-faults';
import { readNote } from './note';

/** Whose a verification becomes, nobody's without an assignee, with words for them. */
export interface HandOver {
  assignee?: string;
  note?: string;
}

type Fault = Omit<ProblemField, 'pointer'>;

const longestAssignee = 120;
/** What the worklist is filtered by for what is nobody's. */
const nobody = 'none';

/** @throws Problem `validation_failed` naming every faulty field */
export function readHandOver(body: unknown): HandOver {
  const { assignee, note, ...others } = isObject(body) ? body : {};
  const fields = Object.keys(others).map((key) => ({ pointer: `/${escapeKey(key)}`, ...unknownField }));
  const result: HandOver = {};
  const keep = (name: keyof HandOver, read: { value: string } | { fault: Fault }): void => {
    if ('fault' in read) fields.push({ pointer: `/${name}`, ...read.fault });
    else result[name] = read.value;
  };
  if (assignee !== null) keep('assignee', readAssignee(assignee));
  if (note !== undefined) keep('note', readNote(note));
  if (fields.length > 0) throw new Problem('validation_failed', { fields });
  return result;
}

const unknownField: Fault = {
  code: 'unknown_field',
  detail: 'is not a field of this request: check its spelling or leave it out',
};

/** A name of one line, without blanks at the ends: the worklist is filtered by the very same name. */
function readAssignee(value: unknown): { value: string } | { fault: Fault } {
  const text = typeof value === 'string' ? value.trim() : '';
  if (text === '' || text.length > longestAssignee)
    return { fault: { code: 'wrong_type', detail: `must be a name of 1 to ${longestAssignee} characters, or null` } };
  if (/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(text))
    return { fault: { code: 'character_not_allowed', detail: 'must be one line without control characters' } };
  if (text === nobody)
    return { fault: { code: 'unusable', detail: `"${nobody}" stands for nobody: give null, or another name` } };
  return { value: text };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
