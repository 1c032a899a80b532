import { Problem, type ProblemCode, type ProblemField } from '@openvob/platform';
import { columnAt } from './csv-columns';

/** Problem details of one row, as a request of its own would get them; without a trace id, since the row is not a request. */
export function problemOfRow(code: ProblemCode, fields: readonly ProblemField[] = []): object {
  const { title, status } = new Problem(code);
  const type = `urn:openvob:problem:${code}`;
  return { type, title, status, code, ...(fields.length > 0 ? { errors: fields } : {}) };
}

/** Faults with the columns that they stand in, for who looks at a table. */
export function withColumns(fields: readonly ProblemField[]): (ProblemField & { column?: string })[] {
  return fields.map((field) => {
    const column = field.pointer === '' ? undefined : columnAt(field.pointer);
    return column === undefined ? field : { ...field, column };
  });
}
