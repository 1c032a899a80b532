import { MESSAGE_RULES, messageFacts, tells } from './message-facts';

describe('message facts', () => {
  it.each(MESSAGE_RULES.flatMap(({ fact, examples }) => examples.map((text) => [text, fact] as const)))(
    '"%s" tells %s',
    (text, fact) => {
      expect(messageFacts(text)).toContain(fact);
    },
  );

  it.each(
    MESSAGE_RULES.flatMap(({ fact, counterexamples = [] }) => counterexamples.map((text) => [text, fact] as const)),
  )('"%s" does not tell %s', (text, fact) => {
    expect(messageFacts(text)).not.toContain(fact);
  });

  it('are nothing in texts that only inform', () => {
    expect(messageFacts('FUNDING TYPE = SELF INSURED - LARGE GROUP')).toEqual([]);
    expect(messageFacts('Med Dent')).toEqual([]);
    expect(messageFacts('ADDITIONAL COVERED PER OCCURRENCE')).toEqual([]);
  });

  it('can be looked for in a list of messages', () => {
    expect(tells(['HIGHEST BENEFIT', 'PRECERT REQUIRED'], 'authorization_required')).toBe(true);
    expect(tells([], 'tier')).toBe(false);
    expect(tells(undefined, 'tier')).toBe(false);
  });
});
