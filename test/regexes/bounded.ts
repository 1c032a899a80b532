/**
 * Expressions that `recheck` does not call safe, each with the reason why it is: what it reads is short, or its window is bounded, so that its
 * time grows with the length. S18 tries the worst text that `recheck` found on each.
 */
export const bounded: readonly (readonly [file: string, beginning: string, reason: string])[] = [
  [
    'libs/benefits/fhir/terminology.ts',
    'x12\\b.{0,100}\\b1390',
    'reads the URI of a code system; a window of 100 characters',
  ],
  [
    'libs/benefits/fhir/terminology.ts',
    'ex-benefitcategory',
    'reads the URI of a code system; a window of 100 characters',
  ],
  ['libs/benefits/message-facts.ts', '\\b(?:ENROLLED|ENROLLMENT', 'a window of 60 characters'],
  ['libs/platform/redact.ts', '<[a-z][\\w:-]{0,60}', 'reads 1,000 characters at most'],
  ['libs/platform/redact.ts', '([a-z][a-z\\d+.-]{1,20}:\\/\\/[^\\s?#]', 'reads 1,000 characters at most'],
  ['libs/platform/redact.ts', '[\\w.+-]{1,64}@', 'reads 1,000 characters at most'],
  ['libs/coverage/read-payer-message.ts', '<[A-Z]\\w{1,60}', 'reads the first 4,000 characters; a window of 200'],
];

/** Why an expression may stay as it is; undefined when nobody said so. */
export function reasonFor({ file, source }: { file: string; source: string }): string | undefined {
  return bounded.find(([where, beginning]) => where === file && source.startsWith(beginning))?.[2];
}
