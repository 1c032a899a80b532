/** The type number of bytea, as PostgreSQL's catalogue has it since ever. */
const byteaType = 17;

/** What an array's elements are counted from. */
const firstIndex = 1;

/** A list as the text that PostgreSQL reads it from: an element of a list of lists would be taken apart. */
export function listText(values: readonly string[] | null): string | null {
  if (values === null) return null;
  return `{${values.map((value) => `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`).join()}}`;
}

/**
 * Values of one column, of one row each, as one parameter `$n::type[]`: bytes in PostgreSQL's binary form (`array_recv`), since text would double them;
 * everything else as pg writes arrays.
 */
export function columnList(type: string, values: readonly unknown[]): unknown {
  const given = values.map((value) => value ?? null);
  if (type === 'jsonb') return given.map((value) => (value === null ? null : JSON.stringify(value)));
  return type === 'bytea' ? bytesList(given as (Buffer | null)[]) : given;
}

function bytesList(values: readonly (Buffer | null)[]): Buffer {
  const header = Buffer.alloc(20);
  header.writeInt32BE(1, 0);
  header.writeInt32BE(values.includes(null) ? 1 : 0, 4);
  header.writeInt32BE(byteaType, 8);
  header.writeInt32BE(values.length, 12);
  header.writeInt32BE(firstIndex, 16);
  return Buffer.concat([
    header,
    ...values.flatMap((value) => (value === null ? [lengthOf(-1)] : [lengthOf(value.length), value])),
  ]);
}

/** -1 stands for null. */
function lengthOf(bytes: number): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(bytes, 0);
  return length;
}
