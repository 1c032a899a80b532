import { type KeyContext, type KeyManagement, KeyServiceError, type WrappedKey } from './key-management';

/** A key service to be tried, and what can be done to it from outside. */
export interface KeyManagementUnderTest {
  management: KeyManagement;
  /** From now on a younger master key wraps. */
  rotate(): Promise<void>;
  /** Takes the master keys away. */
  remove(): Promise<void>;
  /** No more answers come; left out where there is nobody to answer. */
  silence?(): Promise<void>;
  close?(): Promise<void>;
}

/** What every key service does; recorded exchanges know this data key and these contexts alone. */
export const suiteDataKey = Buffer.from('c2f1a87de90b3364d5187e2b90cf4a61f3085bd27c9e1640ab73d58f26e1940c', 'hex');
const context: KeyContext = { facility: 'fac_a', purpose: 'fields', version: '1' };

/** Run against every implementation of `KeyManagement`. */
export function describeKeyManagement(name: string, start: () => Promise<KeyManagementUnderTest>): void {
  describe(`master keys in ${name}`, () => {
    let under: KeyManagementUnderTest;
    beforeEach(async () => {
      under = await start();
    });
    afterEach(() => under.close?.());

    const refusal = (work: Promise<unknown>): Promise<string> =>
      work.then(
        () => 'given',
        (error: unknown) => (error instanceof KeyServiceError ? error.kind : 'thrown'),
      );

    test('give back the data key that they wrapped, and the wrapping does not show it', async () => {
      const wrapped = await under.management.wrap(suiteDataKey, context);
      expect(wrapped.bytes.includes(suiteDataKey)).toBe(false);
      expect(wrapped.bytes.toString('latin1')).not.toContain(suiteDataKey.toString('base64'));
      expect((await under.management.unwrap(wrapped, context)).equals(suiteDataKey)).toBe(true);
      expect(wrapped.masterKey).toBe(await under.management.masterKey());
    });

    test.each<[string, Partial<KeyContext>]>([
      ['facility', { facility: 'fac_b' }],
      ['purpose', { purpose: 'index' }],
      ['version', { version: '2' }],
    ])('refuse a data key that is passed off as one of another %s', async (_what, change) => {
      const wrapped = await under.management.wrap(suiteDataKey, context);
      expect(await refusal(under.management.unwrap(wrapped, { ...context, ...change }))).toBe('refused');
    });

    test('refuse what was altered, and what another service wrapped', async () => {
      const wrapped = await under.management.wrap(suiteDataKey, context);
      const altered = Buffer.from(wrapped.bytes);
      altered[altered.length - 3] = (altered.at(-3) ?? 0) ^ 1;
      const elsewhere: WrappedKey = { ...wrapped, masterKey: 'elsewhere:k1' };
      expect(await refusal(under.management.unwrap({ ...wrapped, bytes: altered }, context))).toBe('refused');
      expect(await refusal(under.management.unwrap(elsewhere, context))).toBe('refused');
    });

    test('wrap under a younger one after rotation, and open what the older one wrapped', async () => {
      const wrapped = await under.management.wrap(suiteDataKey, context);
      await under.rotate();
      expect(await under.management.masterKey()).not.toBe(wrapped.masterKey);
      expect((await under.management.unwrap(wrapped, context)).equals(suiteDataKey)).toBe(true);
      const anew = await under.management.wrap(suiteDataKey, context);
      expect(anew.masterKey).toBe(await under.management.masterKey());
    });

    test('refuse once they are gone', async () => {
      const wrapped = await under.management.wrap(suiteDataKey, context);
      await under.remove();
      expect(await refusal(under.management.unwrap(wrapped, context))).toBe('refused');
      expect(await refusal(under.management.wrap(suiteDataKey, context))).toBe('refused');
    });

    test('are told apart from a service that does not answer', async () => {
      const wrapped = await under.management.wrap(suiteDataKey, context);
      if (!under.silence) return;
      await under.silence();
      expect(await refusal(under.management.unwrap(wrapped, context))).toBe('unreachable');
    });
  });
}
