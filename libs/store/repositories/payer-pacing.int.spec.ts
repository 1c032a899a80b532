import { FieldCipher, generateKeyRing, newId, parseKeyRing } from '@openvob/platform';
import type { QuietHours } from '@openvob/verification';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import { Database } from '../database';
import { VerificationRow } from '../entities';
import { FacilitySetup } from './facility-setup';
import { StoredPayerDirectory } from './payer-directory';
import { StoredPacing, usualPacing } from './payer-pacing';
import type { DueVerification } from './upkeep';

const start = new Date('2026-11-20T15:00:00Z');
const at = (ms: number): Date => new Date(start.getTime() + ms);

describe('permits of a payer connection', () => {
  let home: TestDatabase;
  let database: Database;
  let pacing: StoredPacing;
  let connection = '';
  let serial = 0;
  const woken: string[] = [];
  const cipher = new FieldCipher(parseKeyRing(generateKeyRing()));
  const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

  beforeAll(async () => {
    home = await createTestDatabase();
    database = await Database.open({ url: home.applicationUrl, poolSize: 12 });
    for (const id of ['fac_a', 'fac_b', 'fac_c']) {
      const facility = { id, name: id, timeZone: 'America/New_York', npi: '1999999984' };
      await new FacilitySetup(database, cipher).put(facility, start);
    }
    const wake = async (due: DueVerification): Promise<void> => void woken.push(due.verificationId);
    pacing = new StoredPacing({ database, rules: usualPacing, clock: { now: () => start }, log: silent, wake });
  });
  afterAll(async () => {
    await database.close();
    await home.drop();
  });
  beforeEach(async () => {
    woken.splice(0);
    for (const id of ['fac_a', 'fac_b', 'fac_c'])
      await database.inFacility(id, ({ manager }) =>
        manager.query('UPDATE verification SET waiting_for_connection = NULL WHERE waiting_for_connection IS NOT NULL'),
      );
  });

  async function connect(limits: { maxInFlight?: number; perMinute?: number; quietHours?: QuietHours }): Promise<void> {
    serial += 1;
    connection = `con_${serial}`;
    const way = {
      id: connection,
      adapter: 'x12',
      payerReference: 'P',
      endpointUrl: 'https://payer.test',
      settings: {},
      credentials: {},
      timeoutMs: 5000,
      ...limits,
    };
    await new StoredPayerDirectory(database, cipher).put(
      { id: `pay_${serial}`, name: `Payer ${serial}`, aliases: [], memberIdPrefixes: [] },
      [way],
      start,
    );
  }
  const acquire = (verification: string, now = start, isBulk = false): ReturnType<StoredPacing['acquire']> =>
    pacing.acquire({ connectionId: connection, verificationId: verification, leaseMs: 15_000, isBulk }, now);
  const settle = (
    verification: string,
    slot: number,
    outcome: 'answered' | 'down' | 'throttled' | 'member_rejected' | 'useless',
    now = start,
    retryAfterMs?: number,
  ): Promise<void> =>
    pacing.settle(
      {
        connectionId: connection,
        verificationId: verification,
        slot,
        outcome,
        durationMs: 10,
        ...(retryAfterMs ? { retryAfterMs } : {}),
      },
      now,
    );

  /** A verification that waits for the connection, as a run leaves it. */
  async function waiting(
    priority: 'caller_waiting' | 'today' | 'routine',
    how: { neededBy?: Date; bulk?: boolean; facility?: string; since?: Date } = {},
  ): Promise<string> {
    const { neededBy, bulk = false, facility = 'fac_a', since = start } = how;
    const id = newId('ver', start);
    await database.inFacility(facility, async ({ manager }) => {
      await manager.insert(VerificationRow, {
        id,
        facilityId: facility,
        version: 1,
        round: 1,
        status: 'received',
        needs: [],
        priority,
        bulk,
        neededBy: neededBy ?? null,
        attempts: 0,
        createdAt: since,
        updatedAt: since,
      });
      await manager.update(VerificationRow, { id }, { status: 'asking_payer', version: 2 });
      await manager.update(
        VerificationRow,
        { id },
        { status: 'waiting_for_payer', version: 3, waitingForConnection: connection },
      );
    });
    return id;
  }

  test('are never more than agreed, however many ask at once', async () => {
    await connect({ maxInFlight: 3 });
    const permits = await Promise.all(Array.from({ length: 40 }, (_, index) => acquire(`v${index}`)));
    expect(
      permits
        .filter((permit) => permit.kind === 'granted')
        .map((permit) => permit.kind === 'granted' && permit.slot)
        .sort(),
    ).toEqual([1, 2, 3]);
    expect(permits.filter((permit) => permit.kind === 'busy')).toHaveLength(37);
  });

  test('of a worker that died are free again when their lease has run out', async () => {
    await connect({ maxInFlight: 1 });
    await acquire('dead');
    expect((await acquire('next', at(14_999))).kind).toBe('busy');
    expect((await acquire('next', at(15_001))).kind).toBe('granted');
  });

  test('are handed to whoever waits, by priority and deadline, and nobody barges in', async () => {
    await connect({ maxInFlight: 1 });
    await acquire('running');
    const [routine, late, soon] = [
      await waiting('routine'),
      await waiting('caller_waiting', { neededBy: at(9e6) }),
      await waiting('caller_waiting', { neededBy: at(1e6) }),
    ];
    await settle('running', 1, 'answered');
    expect(woken).toEqual([soon]);
    expect((await acquire('barger')).kind).toBe('busy');
    expect((await acquire(soon)).kind).toBe('granted');
    await settle(soon, 1, 'answered');
    await settle((await acquire(late)).kind === 'granted' ? late : '', 1, 'answered');
    expect(woken).toEqual([soon, late, routine]);
  });

  test('keep the agreed rate: each is told when it may send', async () => {
    await connect({ maxInFlight: 50, perMinute: 60 });
    const permits = [];
    for (let index = 0; index < 5; index += 1) permits.push(await acquire(`v${index}`));
    expect(permits.map((permit) => (permit.kind === 'granted' ? permit.delayMs : permit))).toEqual([
      0,
      1020,
      2040,
      { kind: 'paced', afterMs: 3060 },
      { kind: 'paced', afterMs: 3060 },
    ]);
  });

  test('are handed to no more than the agreed rate lets go soon', async () => {
    await connect({ maxInFlight: 50, perMinute: 60 });
    await acquire('first');
    const parked = [await waiting('today'), await waiting('today'), await waiting('today'), await waiting('today')];
    await settle('first', 1, 'answered');
    await pacing.wakeDue(start);
    expect(woken).toEqual(parked.slice(0, 2));
    for (const id of woken) expect((await acquire(id)).kind).toBe('granted');
    await pacing.wakeDue(at(1000));
    expect(woken).toEqual(parked.slice(0, 3));
  });

  test('are handed to facilities in turn, so that who has many waiting holds up nobody', async () => {
    await connect({ maxInFlight: 1 });
    await acquire('running');
    const [many, few, latest]: [string[], string[], string[]] = [[], [], []];
    for (let index = 0; index < 6; index += 1) many.push(await waiting('today'));
    for (let index = 0; index < 2; index += 1) few.push(await waiting('today', { facility: 'fac_b', since: at(1000) }));
    latest.push(await waiting('today', { facility: 'fac_c', since: at(2000) }));
    let holder = 'running';
    for (let freed = 0; freed < 9; freed += 1) {
      await settle(holder, 1, 'answered', at(3000));
      holder = woken.at(-1) ?? '';
      expect((await acquire(holder, at(3000))).kind).toBe('granted');
    }
    const [a, b, c] = [many, few, latest];
    expect(woken).toEqual([a[0], b[0], c[0], a[1], b[1], a[2], a[3], a[4], a[5]]);
  });

  test('go by priority before they go by turns', async () => {
    await connect({ maxInFlight: 1 });
    await acquire('running');
    const routine = await waiting('routine', { facility: 'fac_b' });
    const calling = [await waiting('caller_waiting'), await waiting('caller_waiting')];
    await settle('running', 1, 'answered');
    await settle((await acquire(calling[0] ?? '')).kind === 'granted' ? (calling[0] ?? '') : '', 1, 'answered');
    await settle((await acquire(calling[1] ?? '')).kind === 'granted' ? (calling[1] ?? '') : '', 1, 'answered');
    expect(woken).toEqual([...calling, routine]);
  });

  test('are not given while a payer throttles, and the breaker stays closed', async () => {
    await connect({});
    await acquire('a');
    await settle('a', 1, 'throttled', start, 20_000);
    expect(await acquire('b')).toEqual({ kind: 'paced', afterMs: 20_000 });
    expect((await acquire('b', at(20_001))).kind).toBe('granted');
  });

  test('stop after five failures in a row; then one probe at a time, and a sign of life lets all go on', async () => {
    await connect({});
    for (let failure = 0; failure < 5; failure += 1) {
      expect((await acquire(`f${failure}`)).kind).toBe('granted');
      await settle(`f${failure}`, 1, 'down');
    }
    expect(await acquire('g')).toEqual({ kind: 'open', afterMs: 30_000, suspected: false });
    const parked = [await waiting('today'), await waiting('today')];
    await pacing.wakeDue(at(29_000));
    expect(woken).toEqual([]);
    await pacing.wakeDue(at(30_001));
    expect(woken).toEqual([parked[0]]);
    const probes = await Promise.all([
      acquire(parked[0] ?? '', at(30_002)),
      acquire('x', at(30_002)),
      acquire('y', at(30_002)),
    ]);
    expect(probes.filter((permit) => permit.kind === 'granted')).toMatchObject([{ isProbe: true }]);
    const prober = probes[0]?.kind === 'granted' ? (parked[0] ?? '') : probes[1]?.kind === 'granted' ? 'x' : 'y';
    await settle(prober, 1, 'answered', at(31_000));
    expect(woken).toContain(parked[1]);
    expect((await acquire('z', at(31_001))).kind).toBe('granted');
  });

  test('a failed probe keeps it open for another while; failures far apart do not add up', async () => {
    await connect({});
    for (let failure = 0; failure < 5; failure += 1) {
      await acquire('f');
      await settle('f', 1, 'down');
    }
    await acquire('probe', at(30_001));
    await settle('probe', 1, 'down', at(31_000));
    expect(await acquire('g', at(31_000))).toEqual({ kind: 'open', afterMs: 30_000, suspected: false });

    await connect({});
    for (let failure = 0; failure < 8; failure += 1) {
      await acquire('f', at(failure * 601_000));
      await settle('f', 1, 'down', at(failure * 601_000));
    }
    expect((await acquire('g', at(8 * 601_000))).kind).toBe('granted');
  });

  test('a probe whose answer cannot be read is no sign of life, nor is it a failure while all is well', async () => {
    await connect({ maxInFlight: 100 });
    await acquire('f');
    for (let failure = 0; failure < 4; failure += 1) {
      await settle('f', 1, 'down');
      await settle('u', 1, 'useless');
    }
    expect((await acquire('g')).kind).toBe('granted');
    await settle('f', 1, 'down');
    await acquire('probe', at(30_001));
    await settle('probe', 1, 'useless', at(31_000));
    expect(await acquire('h', at(31_000))).toEqual({ kind: 'open', afterMs: 30_000, suspected: false });
    await acquire('probe', at(61_001));
    await settle('probe', 1, 'answered', at(61_002));
    expect((await acquire('i', at(61_003))).kind).toBe('granted');
  });

  test('a payer that shows nearly everybody a web page, and usually does not, is suspected of an outage', async () => {
    await connect({ maxInFlight: 100 });
    const day = 24 * 3_600_000;
    for (let index = 0; index < 10; index += 1) await settle(`u${index}`, 1, 'answered', at(-day + index));
    for (let index = 0; index < 6; index += 1) await settle(`b${index}`, 1, 'useless', at(index));
    expect(await pacing.looksLikeOutage(connection, at(10))).toBe(true);
  });

  test('a payer that turns nearly everybody away, and usually does not, is suspected of an outage', async () => {
    await connect({ maxInFlight: 100 });
    const day = 24 * 3_600_000;
    for (let index = 0; index < 10; index += 1) await settle(`u${index}`, 1, 'answered', at(-day + index));
    for (let index = 0; index < 5; index += 1) await settle(`b${index}`, 1, 'member_rejected', at(index));
    expect(await pacing.looksLikeOutage(connection, at(10))).toBe(false);
    await settle('b5', 1, 'member_rejected', at(6));
    expect(await pacing.looksLikeOutage(connection, at(10))).toBe(true);
    expect(await pacing.looksLikeOutage(connection, at(700_000))).toBe(true);
    expect(await acquire('next', at(20))).toMatchObject({ kind: 'open' });
  });

  test('a suspicion ends when somebody is answered; until then one probes at a time, ever more seldom', async () => {
    await connect({ maxInFlight: 100 });
    const day = 24 * 3_600_000;
    for (let index = 0; index < 10; index += 1) await settle(`u${index}`, 1, 'answered', at(-day + index));
    for (let index = 0; index < 6; index += 1) await settle(`b${index}`, 1, 'member_rejected', at(index));
    await pacing.looksLikeOutage(connection, at(10));
    const waits: number[] = [];
    for (let probe = 0, when = 30_010; probe < 4; probe += 1) {
      expect(await acquire(`p${probe}`, at(when))).toMatchObject({ kind: 'granted', isProbe: true });
      await settle(`p${probe}`, 1, 'member_rejected', at(when));
      const permit = await acquire('x', at(when));
      if (permit.kind !== 'open') throw new Error(`a fruitless probe left it ${permit.kind}`);
      waits.push(permit.afterMs);
      when += permit.afterMs;
    }
    expect(waits).toEqual([30_000, 60_000, 120_000, 240_000]);
    expect(await acquire('last', at(1_000_000))).toMatchObject({ kind: 'granted' });
    await settle('last', 1, 'answered', at(1_000_001));
    expect(await pacing.looksLikeOutage(connection, at(1_000_002))).toBe(false);
    expect(await acquire('free', at(1_000_002))).toMatchObject({ kind: 'granted', isProbe: false });
  });

  test('a payer that always turns many away is not', async () => {
    await connect({ maxInFlight: 100 });
    const day = 24 * 3_600_000;
    for (let index = 0; index < 10; index += 1)
      await settle(`u${index}`, 1, index < 6 ? 'member_rejected' : 'answered', at(-day + index));
    for (let index = 0; index < 8; index += 1) await settle(`b${index}`, 1, 'member_rejected', at(index));
    expect(await pacing.looksLikeOutage(connection, at(10))).toBe(false);
  });

  test('are handed to who has just begun to wait, but not while the payer is paused, down or throttling', async () => {
    await connect({ maxInFlight: 1 });
    await acquire('running');
    const late = await waiting('today');
    await pacing.handOver(connection, start);
    expect(woken).toEqual([]);
    await settle('running', 1, 'throttled', start, 20_000);
    await pacing.handOver(connection, start);
    expect(woken).toEqual([]);
    await pacing.handOver(connection, at(20_001));
    expect(woken).toEqual([late]);
  });

  describe('for bulk work', () => {
    const acquireBulk = (verification: string, now = start): ReturnType<StoredPacing['acquire']> =>
      acquire(verification, now, true);

    test('are fewer: a fifth of the slots, one at least, is kept for people who wait', async () => {
      await connect({ maxInFlight: 10 });
      const permits = await Promise.all(Array.from({ length: 30 }, (_, index) => acquireBulk(`b${index}`)));
      expect(permits.filter((permit) => permit.kind === 'granted')).toHaveLength(8);
      expect((await acquire('person')).kind).toBe('granted');
      await connect({ maxInFlight: 1 });
      expect((await acquireBulk('only')).kind).toBe('granted');
    });

    test('are handed over last, and never more of them than it may have', async () => {
      await connect({ maxInFlight: 2 });
      await acquireBulk('running');
      await acquire('person');
      const bulk = [await waiting('caller_waiting', { bulk: true }), await waiting('today', { bulk: true })];
      const routine = await waiting('routine');
      await settle('person', 2, 'answered');
      expect(woken).toEqual([routine]);
      await settle((await acquire(routine)).kind === 'granted' ? routine : '', 2, 'answered');
      expect(woken).toEqual([routine]);
      await settle('running', 1, 'answered');
      expect(woken).toEqual([routine, bulk[0]]);
    });

    test('are not given while somebody waits who found all slots taken', async () => {
      await connect({ maxInFlight: 1 });
      await acquireBulk('running');
      expect((await acquire('person')).kind).toBe('busy');
      await settle('running', 1, 'answered');
      // Nobody of the list waits yet: the person's row is still being written.
      expect((await acquireBulk('barger')).kind).toBe('busy');
      const person = await waiting('caller_waiting');
      const bulk = await waiting('routine', { bulk: true });
      await pacing.handOver(connection, start);
      expect(woken).toEqual([person]);
      await acquire(person);
      await settle(person, 1, 'answered');
      expect(woken).toEqual([person, bulk]);
      expect((await acquireBulk(bulk)).kind).toBe('granted');
    });

    test('nor when whoever looks after those that wait did not see that one yet', async () => {
      await connect({ maxInFlight: 1 });
      await acquireBulk('running');
      await waiting('routine', { bulk: true });
      expect((await acquire('person', at(5))).kind).toBe('busy');
      // It looked before the person came, and acts behind.
      await pacing.handOver(connection, at(3));
      await settle('running', 1, 'throttled', at(6), 10);
      expect((await acquireBulk('barger', at(20))).kind).toBe('busy');
      const person = await waiting('caller_waiting');
      await pacing.handOver(connection, at(21));
      expect(woken).toEqual([person]);
    });

    test('take of the agreed rate the next turn at most', async () => {
      await connect({ maxInFlight: 50, perMinute: 60 });
      const permits = [];
      for (let index = 0; index < 4; index += 1) permits.push(await acquireBulk(`b${index}`));
      expect(permits).toMatchObject([
        { kind: 'granted', delayMs: 0 },
        { kind: 'granted', delayMs: 1020 },
        { kind: 'paced', afterMs: 2040 },
        { kind: 'paced', afterMs: 2040 },
      ]);
      expect(await acquire('person')).toMatchObject({ kind: 'granted', delayMs: 2040 });
    });

    test('are not given in quiet hours, but to what is needed before they end; people are asked for as ever', async () => {
      const quietHours = {
        timeZone: 'America/New_York',
        windows: [{ on: 'every_day' as const, from: '07:00', to: '19:00' }],
      };
      await connect({ maxInFlight: 2, quietHours });
      const nineHours = 9 * 3_600_000;
      expect(await acquireBulk('b')).toEqual({ kind: 'quiet', afterMs: nineHours });
      expect((await acquire('person')).kind).toBe('granted');
      const [patient, urgent] = [
        await waiting('today', { bulk: true }),
        await waiting('today', { neededBy: at(1000), bulk: true }),
      ];
      await settle('person', 1, 'answered');
      await pacing.wakeDue(start);
      expect(woken).toEqual([urgent]);
      const wanted = { connectionId: connection, verificationId: urgent, leaseMs: 15_000, isBulk: true };
      expect((await pacing.acquire({ ...wanted, neededBy: at(1000) }, start)).kind).toBe('granted');
      await pacing.wakeDue(at(nineHours));
      expect(woken).toContain(patient);
    });
  });
});
