import { jsonFormatOf, snapshotsOfJson } from '../json/json-formats';
import { answer, answered, HEALTH_PLAN, issuesOf, readAnswer, snapshotOf } from './answer.fixture';

const MANY = 10_000;
const many = <T>(make: (index: number) => T): T[] => Array.from({ length: MANY }, (_, index) => make(index));

describe('hostile answers grouped by plan', () => {
  it.each([
    ['lists', `${'['.repeat(MANY)}${']'.repeat(MANY)}`],
    ['objects', `${'{"service":'.repeat(MANY)}1${'}'.repeat(MANY)}`],
    ['plans', `[${'{"benefits":'.repeat(MANY)}1${'}'.repeat(MANY)}]`],
  ])('nested without end are read as far as they make sense: %s', (_, nested) => {
    const text = JSON.stringify(answer({ coPayment: [{ amount: '25', service: 'NESTED' }] }));
    const document: unknown = JSON.parse(text.replace('"NESTED"', nested));
    expect(jsonFormatOf(document)).toBe('stedi-2026-06-01');
    expect(snapshotsOfJson(document, 'stedi-2026-06-01').snapshots).toHaveLength(1);
  });

  it.each<[object, string]>([
    [answer('none'), '/plans/0/benefits'],
    [answered({ plans: [5, { benefits: {} }] }), '/plans/0'],
    [answered({ plans: [{ name: [], benefits: {} }] }), '/plans/0/name'],
    [answer({ statuses: 'ACTIVE_COVERAGE' }), '/plans/0/benefits/statuses'],
    [answer({ coPayment: { amount: '25' } }), '/plans/0/benefits/coPayment'],
    [answer({ coPayment: [null] }), '/plans/0/benefits/coPayment/0'],
    [answer({ coPayment: [{ amount: true }] }), '/plans/0/benefits/coPayment/0/amount'],
    [answer({ coPayment: [{ network: 'IN_NETWORK' }] }), '/plans/0/benefits/coPayment/0/network'],
    [answer({ coPayment: [{ messages: 'X' }] }), '/plans/0/benefits/coPayment/0/messages'],
    [answer({ coPayment: [{ messages: [{}] }] }), '/plans/0/benefits/coPayment/0/messages/0'],
    [answer({ coPayment: [{ dates: [] }] }), '/plans/0/benefits/coPayment/0/dates'],
    [answer({ limitations: [{ quantity: 5 }] }), '/plans/0/benefits/limitations/0/quantity'],
    [
      answer({ limitations: [{ serviceLimits: [{ delivery: 5 }] }] }),
      '/plans/0/benefits/limitations/0/serviceLimits/0/delivery',
    ],
    [answer({ invalidEntries: [] }), '/plans/0/benefits/invalidEntries'],
    [answer({}, { errors: {} }), '/errors'],
  ])('with the wrong type name its place: %j', (document, at) => {
    const { issues } = snapshotsOfJson(document, 'stedi-2026-06-01');
    expect(issues.map((issue) => `${issue.code} ${issue.at}`)).toContain(`wrong_type ${at}`);
  });

  it('with entries of the wrong type name the first hundred and say that there are more', () => {
    const { issues } = readAnswer(answer({ coPayment: many((index) => index) }));
    expect(issues).toHaveLength(101);
    expect(issues.at(-1)?.message).toMatch(/more of this kind/);
  });

  it('with names that every object has find nothing in tables', () => {
    for (const name of ['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'valueOf']) {
      const entry = { coverageLevel: name, insuranceType: name, timePeriod: name, status: name, amount: '1' };
      const service = { system: name, value: name };
      const text = JSON.stringify(
        answer({ statuses: [{ ...entry, service: HEALTH_PLAN }], NAMED: [entry], coPayment: [{ ...entry, service }] }),
      );
      const found = snapshotOf(JSON.parse(text.replace('"NAMED"', JSON.stringify(name))));
      expect([name, found.status, found.costShares, found.coverages, found.plans]).toEqual([
        name,
        'unknown',
        [],
        [],
        [],
      ]);
    }
    expect(Object.prototype).not.toHaveProperty('status');
  });

  it('of great size are read in time that grows with them alone', () => {
    const service = { system: 'STC', value: 'MH' };
    const deductible = many((index) => ({
      amount: String(index),
      coverageLevel: 'INDIVIDUAL',
      timePeriod: index % 2 === 0 ? 'CALENDAR_YEAR' : 'REMAINING',
      service,
    }));
    expect(snapshotOf(answer({ deductible })).accumulators).toHaveLength(MANY / 2);
    const plans = many((index) => ({ name: `PLAN ${index}`, benefits: { statuses: [{ status: 'ACTIVE_COVERAGE' }] } }));
    expect(snapshotOf(answered({ plans })).plans).toHaveLength(MANY);
    const strange = Object.fromEntries(many((index) => [`list${index}`, []]));
    expect(issuesOf(answer(strange))).toHaveLength(101);
  });
});
