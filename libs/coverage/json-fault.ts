const TOKEN =
  /\s*(?:([{}[\],:])|("[^"\\\p{Cc}]*(?:\\(?:["\\/bfnrt]|u[\da-fA-F]{4})[^"\\\p{Cc}]*)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null))/uy;

/** What may stand next: a value, a name or the end of an object, a name, a colon, or what follows a value. */
type Expected = 'value' | 'value_or_end' | 'name_or_end' | 'name' | 'colon' | 'after_value';

/** 0-based offset of the first character that cannot stand where it stands in JSON; the length of a text that is cut off. */
export function jsonFaultAt(text: string): number {
  const open: string[] = [];
  let expected: Expected = 'value';
  for (let at = 0; ; ) {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text);
    if (token === null) return faultIn(text, at);
    const [whole, mark, value = ''] = token;
    const next: Expected | undefined =
      mark === undefined ? afterScalar(value, expected) : afterMark(mark, expected, open);
    if (next === undefined) return at + whole.search(/\S/);
    expected = next;
    at = TOKEN.lastIndex;
  }
}

function afterScalar(value: string, expected: Expected): Expected | undefined {
  if (expected === 'name' || expected === 'name_or_end') return value.startsWith('"') ? 'colon' : undefined;
  return expected === 'value' || expected === 'value_or_end' ? 'after_value' : undefined;
}

function afterMark(mark: string, expected: Expected, open: string[]): Expected | undefined {
  if (mark === '{' || mark === '[') {
    if (expected !== 'value' && expected !== 'value_or_end') return undefined;
    open.push(mark);
    return mark === '{' ? 'name_or_end' : 'value_or_end';
  }
  if (mark === ':') return expected === 'colon' ? 'value' : undefined;
  if (mark === ',') {
    if (expected !== 'after_value' || open.length === 0) return undefined;
    return open.at(-1) === '{' ? 'name' : 'value';
  }
  const isEnd = expected === 'after_value' || expected.endsWith('_or_end');
  if (!isEnd || open.at(-1) !== (mark === '}' ? '{' : '[')) return undefined;
  open.pop();
  return 'after_value';
}

/** Where no token begins: blanks or a string to the end are a text that is cut off. */
function faultIn(text: string, at: number): number {
  const start = at + text.slice(at).search(/\S|$/);
  return text[start] === '"' ? text.length : start;
}
