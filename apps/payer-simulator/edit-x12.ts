import { type Delimiters, readX12, type Segment, type X12File } from '@openvob/x12';

/** What stands in a segment's place: segments as lists of elements, none to take it out. */
export type Replacement = readonly (readonly string[])[];

export type Edit = (segment: Segment, elements: readonly string[]) => Replacement | undefined;

/**
 * Replaces segments of an X12 file in place: whatever the edit leaves alone stays byte for byte as it was,
 * line breaks and faults included.
 *
 * @throws X12Error when the text is no X12.
 */
export function editX12(text: string, edit: Edit, file: X12File = readX12(text)): string {
  let cursor = 0;
  let result = '';
  for (const { segment, delimiters } of withDelimiters(file)) {
    const start = text.indexOf(segment.raw, cursor);
    if (start < 0) return rebuild(file, edit);
    const replaced = edit(segment, segment.raw.split(delimiters.element));
    result += text.slice(cursor, start);
    result += replaced === undefined ? segment.raw : join(replaced, delimiters);
    cursor = start + segment.raw.length;
  }
  return result + text.slice(cursor);
}

/** A file whose segments are broken over lines cannot be edited in place; it is written anew. */
function rebuild(file: X12File, edit: Edit): string {
  return withDelimiters(file)
    .map(({ segment, delimiters }) => {
      const replaced = edit(segment, segment.raw.split(delimiters.element));
      const raw = replaced === undefined ? segment.raw : join(replaced, delimiters);
      return raw + delimiters.segment;
    })
    .join('');
}

/** Delimiters may change from one interchange to the next. */
function withDelimiters(file: X12File): { segment: Segment; delimiters: Delimiters }[] {
  let delimiters = file.delimiters;
  return file.segments.map((segment) => {
    if (segment.id === 'ISA') {
      delimiters = file.interchanges.find(({ header }) => header === segment)?.delimiters ?? delimiters;
    }
    return { segment, delimiters };
  });
}

function join(replacement: Replacement, delimiters: Delimiters): string {
  return replacement.map((elements) => trimmed(elements).join(delimiters.element)).join(delimiters.segment);
}

function trimmed(elements: readonly string[]): readonly string[] {
  return elements.slice(0, elements.findLastIndex((element) => element !== '') + 1);
}

/** A value without any character that delimits something in this file; letters and digits that do so by mistake stay. */
export function cleanFor(delimiters: Delimiters, value: string): string {
  const all = [delimiters.element, delimiters.repetition, delimiters.component, delimiters.segment];
  const taken = all.filter((delimiter) => !/[A-Za-z0-9]/.test(delimiter));
  return [...value].map((character) => (taken.includes(character) ? ' ' : character)).join('');
}
