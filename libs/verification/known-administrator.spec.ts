import { holderOf, isNobody } from './known-administrator';
import type { KnownAdministrator, PayerDirectory } from './ports';

const plan = { id: 'pay_plan', name: 'Plan A' };
const known = (id: string): KnownAdministrator => ({
  payer: { id, name: id },
  source: 'its provider manual',
  asOf: '2026-11-02',
});
const directoryWith = (...administrators: KnownAdministrator[]): PayerDirectory => ({
  byId: async () => undefined,
  byName: async (name) =>
    name === 'KNOWN' ? { exact: { id: 'pay_known', name }, candidates: [] } : { candidates: [] },
  connectionsOf: async () => [],
  administratorsOf: async () => administrators,
});

describe('who holds behavioral health', () => {
  test.each([
    'A THIRD PARTY',
    'THIRD PARTY ADMINISTRATOR',
    'Behavioral Health Vendor',
    'ANOTHER CARRIER',
    'MH/SUD ADMINISTRATOR',
  ])('is not named by "%s"', (words) => {
    expect(isNobody(words)).toBe(true);
  });

  test.each(['MARROWSTONE BEHAVIORAL', 'COMMUNITY BEHAVIORAL HEALTH', 'MANAGED HEALTH NETWORK', 'CBH'])(
    'is named by "%s"',
    (words) => {
      expect(isNobody(words)).toBe(false);
    },
  );

  test('is whom the answer names, and the one that the directory knows only where it names nobody', async () => {
    const directory = directoryWith(known('pay_a'));
    expect(await holderOf(directory, plan, { name: 'KNOWN' })).toEqual({ payer: { id: 'pay_known', name: 'KNOWN' } });
    expect(await holderOf(directory, plan, { name: 'A THIRD PARTY' })).toMatchObject({ payer: { id: 'pay_a' } });
    expect(await holderOf(directory, plan, { name: 'MARROWSTONE' })).toBeUndefined();
  });

  test('is nobody where the directory knows none, or several', async () => {
    const several = directoryWith(known('pay_a'), known('pay_b'));
    expect(await holderOf(several, plan, { name: 'A THIRD PARTY' })).toBeUndefined();
    expect(await holderOf(directoryWith(), plan, { name: 'A THIRD PARTY' })).toBeUndefined();
  });
});
