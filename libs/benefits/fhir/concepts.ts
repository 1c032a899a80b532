import type { JsonNode } from '../json/json-node';

/** Longer than any address of a code list; what is longer is not worth matching. */
const LONGEST_ADDRESS = 300;

/** A code list as answers refer to it: the end of its system's address, its codes, and the names that stand for them. */
export interface CodeList<T> {
  /** Ends of the addresses under which the list is known, without version. */
  readonly systems: RegExp;
  code(code: string): T | undefined;
  /** What a display or text stands for, when it is a name of the list word by word. */
  named?(name: string): T | undefined;
}

/**
 * What a CodeableConcept says in a code list: by the first coding of that list (or of no list at all, as some senders leave
 * the system out), else by the name that a coding or the text gives. `undefined` when it says nothing of the list.
 */
export function readConcept<T>(concept: JsonNode, list: CodeList<T>): T | undefined {
  const codings = concept.list('coding');
  return first([
    ...codings.map((coding) => () => byCode(coding, list)),
    ...codings.map((coding) => () => byName(coding.text('display'), list)),
    () => byName(concept.text('text'), list),
  ]);
}

/** What a concept says in any of several lists, the lists in order. */
export function readConceptIn<T>(concept: JsonNode, lists: readonly CodeList<T>[]): T | undefined {
  return first(lists.map((list) => () => readConcept(concept, list)));
}

/** The words of a concept, for people: its text, else the display of its first coding that has one. */
export function conceptText(concept: JsonNode): string | undefined {
  return first([() => concept.text('text'), ...concept.list('coding').map((coding) => () => coding.text('display'))]);
}

/** The code of the first coding, else the text: for codes that are passed on as they are. */
export function rawCode(concept: JsonNode): string | undefined {
  return first([...concept.list('coding').map((coding) => () => coding.text('code')), () => concept.text('text')]);
}

/** A list by its codes; a code stands for itself where a name is written, whatever its case. */
export function codeList<T>(systems: RegExp, codes: Readonly<Record<string, T>>): CodeList<T> {
  const code = (text: string) => (Object.hasOwn(codes, text) ? codes[text] : undefined);
  return { systems, code, named: (name) => code(name.toLowerCase()) };
}

function byCode<T>(coding: JsonNode, list: CodeList<T>): T | undefined {
  const code = coding.text('code');
  return code === undefined || !isOf(list, coding.text('system')) ? undefined : list.code(code);
}

function isOf(list: CodeList<unknown>, system: string | undefined): boolean {
  if (system === undefined) return true;
  const [address = ''] = system.split('|', 1);
  return address.length <= LONGEST_ADDRESS && list.systems.test(address);
}

function byName<T>(name: string | undefined, list: CodeList<T>): T | undefined {
  return name === undefined ? undefined : list.named?.(name);
}

function first<T>(attempts: readonly (() => T | undefined)[]): T | undefined {
  for (const attempt of attempts) {
    const found = attempt();
    if (found !== undefined) return found;
  }
  return undefined;
}
