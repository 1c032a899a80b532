import fc from 'fast-check';
import {
  bucketOf,
  isAllowed,
  type Lesson,
  mostServiceTypes,
  type RecipeSituation,
  recipeFor,
  type ServiceTypeMemory,
  withLesson,
} from './recipe';

const now = new Date('2026-11-20T15:00:00Z');
const daysLater = (days: number): Date => new Date(now.getTime() + days * 86_400_000);
const fresh = (serviceType: string): ServiceTypeMemory => ({
  serviceType,
  useful: 0,
  nothingNew: 0,
  rejected: 0,
  learntAt: now,
});
const taught = (serviceType: string, ...lessons: Lesson[]): ServiceTypeMemory =>
  lessons.reduce((memory, lesson) => withLesson(memory, lesson, now), fresh(serviceType));
/** A verification that does not happen to try again what did not help. */
const seed = Array.from({ length: 100 }, (_, n) => `ver_${n}`).find((each) =>
  ['AI', 'CJ', 'MH', 'CH', 'A8'].every((code) => bucketOf(`${each}:${code}`) % 20 !== 0),
);
const situation: RecipeSituation = { track: 'sud', hasConsent: true, memory: [], now, seed: seed ?? '' };

describe('the service types that a payer is asked for', () => {
  test.each([
    ['sud', ['30', 'AI', 'CJ', 'MH']],
    ['mh', ['30', 'MH', 'CH', 'A8']],
    ['dual', ['30', 'MH', 'AI', 'CJ']],
  ] as const)('on track %s: %j', (track, expected) => {
    expect(recipeFor({ ...situation, track })).toEqual(expected);
  });

  test('disclose no substance use without a live consent', () => {
    expect(recipeFor({ ...situation, hasConsent: false })).toEqual(['30', 'MH']);
    expect(recipeFor({ ...situation, track: 'dual', hasConsent: false })).toEqual(['30', 'MH', 'CH']);
    for (const code of ['AI', 'CJ', 'CI', 'AJ', 'AK'])
      expect(isAllowed(code, { track: 'mh', hasConsent: true })).toBe(false);
  });

  test('are none that the payer does not answer', () => {
    expect(recipeFor({ ...situation, supported: ['30', 'MH'] })).toEqual(['30', 'MH']);
    expect(recipeFor({ ...situation, supported: ['MH'] })).toEqual(['MH']);
    expect(recipeFor({ ...situation, supported: [] })).toEqual(['30']);
  });

  test('leave out what was rejected or brought nothing new again and again', () => {
    const memory = [taught('AI', 'rejected', 'rejected', 'rejected'), taught('CJ', 'nothing_new', 'nothing_new')];
    expect(recipeFor({ ...situation, memory })).toEqual(['30', 'MH', 'CJ']);
  });

  test('begin with what helped more often', () => {
    const memory = [taught('MH', 'useful', 'useful'), taught('AI', 'nothing_new')];
    expect(recipeFor({ ...situation, memory })).toEqual(['30', 'MH', 'CJ', 'AI']);
  });

  test('try again after some weeks, and now and then before', () => {
    const memory = [taught('AI', 'rejected', 'rejected', 'rejected', 'rejected')];
    expect(recipeFor({ ...situation, memory })).not.toContain('AI');
    expect(recipeFor({ ...situation, memory, now: daysLater(30) })).toContain('AI');
    const tried = Array.from({ length: 1000 }, (_, n) =>
      recipeFor({ ...situation, memory, seed: `ver_${n}` }).includes('AI'),
    );
    const share = tried.filter(Boolean).length / tried.length;
    expect(share).toBeGreaterThan(0.02);
    expect(share).toBeLessThan(0.1);
  });

  test('are never more than a few, begin with the whole plan, and are the same each time', () => {
    const counts = fc.record({ useful: fc.nat(9), nothingNew: fc.nat(9), rejected: fc.nat(9) });
    const memories = fc.dictionary(fc.constantFrom('AI', 'CJ', 'MH', 'CH', 'A8'), counts);
    fc.assert(
      fc.property(
        fc.constantFrom('sud', 'mh', 'dual'),
        fc.boolean(),
        memories,
        fc.string(),
        (track, hasConsent, known, text) => {
          const memory = Object.entries(known).map(([serviceType, each]) => ({ serviceType, ...each, learntAt: now }));
          const given = { ...situation, track: track as 'sud', hasConsent, memory, seed: text };
          const recipe = recipeFor(given);
          expect(recipe[0]).toBe('30');
          expect(recipe.length).toBeLessThanOrEqual(mostServiceTypes);
          expect(recipeFor(given)).toEqual(recipe);
          expect(recipe.every((code) => isAllowed(code, given))).toBe(true);
        },
      ),
    );
  });
});
