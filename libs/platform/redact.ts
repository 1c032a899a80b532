/** Keys whose values are nobody's to read in a log, whatever they hold; compared without case, `_` and `-`. */
const secretKeys =
  /^(password|passwd|secret|token|apikey|authorization|cookie|setcookie|credentials?|signature256|body|firstname|lastname|middlename|patient|subscriber|memberid|birthdate|dob|ssn|phone|email|groupnumber|address|words|note)$/;

/** Forms of values that are a person's, or open a door, wherever they stand. The order is that of a text: what holds others comes first. */
const forms: readonly (readonly [RegExp, string])[] = [
  // A message of a payer, or what is left of one: X12 segments, JSON, XML.
  [/\b(?:ISA|NM1|DMG|REF|SBR|INS|EB)\*[^\n]{0,2000}/g, '[message]'],
  [/[{[]"[^\n]{0,2000}/g, '[json]'],
  [/<[a-z][\w:-]{0,60}(?:\s[^>\n]{0,500})?>[^\n]{0,2000}/gi, '[markup]'],
  // Log-ins in URLs, and their query: what was searched for.
  [/:\/\/[^\s/@]{1,300}@/g, '://[login]@'],
  [/([a-z][a-z\d+.-]{1,20}:\/\/[^\s?#]{1,300})[?#]\S{1,2000}/gi, '$1?[query]'],
  [/\b(?:Bearer|Basic)\s+\S{1,2000}/gi, '[credentials]'],
  [/\b(?:ovk|whsec|sk|test|live)_[\w+/=-]{8,}/g, '[key]'],
  [/[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}/g, '[mail]'],
  // A civil date is a birth date more often than not; an instant is none.
  [/\b(?:19|20)\d\d-\d\d-\d\d\b(?!T)/g, '[date]'],
  [/\b(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\b/g, '[date]'],
  [/\b\d{3}-\d{2}-\d{4}\b/g, '[number]'],
  [/(?:\+1[ .-]?)?\(?\b\d{3}\)?[ .-]\d{3}[ .-]\d{4}\b/g, '[number]'],
  // Member ids: capitals and digits. Ids of ours are small letters behind a prefix.
  [/\b[A-Z]{1,5}\d{6,20}\b/g, '[member]'],
  [/\b\d{9,}\b/g, '[number]'],
];

const longest = 1_000;

/** Lower-case words, ids of ours among them: nothing in them begins as any of the forms does. Most of what is logged is such a word. */
const plainWord = /^(?!(?:ovk|whsec|sk|test|live)_)[a-z][a-z\d]{0,60}(?:_[a-z\d]{1,60}){0,8}$/;

/** What proves the end of an audit chain is read from logs again, to the letter; it is nobody's data. */
const proofKeys = /^(?:hash|publicKey|signature)$/;
const proof = /^[\w-]{40,90}$/;

/**
 * What of a field may be logged. Code logs identifiers only; this stands behind it for the day when it does not.
 *
 * @param key the field's name
 */
export function redacted(key: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (proofKeys.test(key) && proof.test(value)) return value;
  if (secretKeys.test(key.toLowerCase().replace(/[_-]/g, ''))) return '[redacted]';
  return redactedText(value);
}

/** As `redacted`, for a text without a name. */
export function redactedText(text: string): string {
  if (plainWord.test(text)) return text;
  const short = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return forms.reduce((rest, [form, instead]) => rest.replace(form, instead), oneLine(short));
}

/** A line of a log stays one line, and a terminal that shows it is given no orders. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]/gu, ' ');
}
