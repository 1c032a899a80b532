import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { HttpResponse } from '@openvob/platform';
import fc from 'fast-check';
import type { Answer, Inquiry } from '../contract';
import { inquiryAbout } from '../contract/simulator-world';
import type { StediEndpoint } from './connection';
import { readReply } from './incoming';

/** A reply in the vendor's published shape, about an invented person, and what it is taken for. */
interface Exchange {
  readonly endpoint: StediEndpoint;
  readonly testMode?: boolean;
  readonly aboutDependent?: boolean;
  readonly status: number;
  readonly body: unknown;
  readonly expected: object;
}

const clock = { now: () => new Date('2026-03-01T12:00:00Z') };
const evidence = { request: '{}', format: 'stedi-request' };
const dependent = { firstName: 'Tobias', lastName: 'Marlowe', birthDate: '2010-07-05', relationship: 'child' } as const;

function read(
  reply: Partial<HttpResponse>,
  asked: { endpoint?: StediEndpoint; testMode?: boolean; inquiry?: Inquiry } = {},
): Answer {
  const { endpoint = 'v3', testMode = false, inquiry = inquiryAbout({}) } = asked;
  return readReply(
    { status: 200, headers: {}, body: '', ...reply },
    {
      inquiry,
      connection: { endpoint, testMode },
      clock,
      evidence,
    },
  );
}

describe('a reply of the vendor', () => {
  const folder = join(__dirname, 'exchanges');

  it.each(readdirSync(folder))('is read: %s', (name) => {
    const {
      endpoint,
      testMode = false,
      aboutDependent,
      status,
      body,
      expected,
    } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Exchange;
    const inquiry = { ...inquiryAbout({}), ...(aboutDependent === true ? { dependent } : {}) };
    const text = JSON.stringify(body);
    const answer = read({ status, body: text }, { endpoint, testMode, inquiry });
    expect(answer).toMatchObject(expected);
    expect(answer.evidence).toEqual({
      request: '{}',
      response: text,
      httpStatus: status,
      format: `stedi-${endpoint}`,
    });
    if (answer.kind !== 'unavailable' && answer.kind !== 'needs_human') return;
    const told = answer.kind === 'unavailable' ? answer.detail : answer.why;
    expect(told).toMatch(/^[\w ./-]{1,80}$/);
    expect(told).not.toMatch(/marlowe|imogen|NWH/i);
  });

  it.each([
    ['nothing', '', 'empty', 'unknown'],
    ['a web page', '<!DOCTYPE html><html></html>', 'html', 'html'],
    ['JSON that is cut off', '{"subscriber": {"first', 'not_json', 'unknown'],
    ['a bare text', 'upstream connect error', 'not_json', 'unknown'],
    ['JSON that is no object', '[1, 2]', 'not_an_answer', 'stedi-v3'],
    ['null', 'null', 'not_an_answer', 'stedi-v3'],
    ['a FHIR answer', '{"resourceType": "CoverageEligibilityResponse"}', 'not_an_answer', 'stedi-v3'],
  ])('is unreadable when it is %s', (_name, body, detail, format) => {
    expect(read({ body })).toEqual({
      kind: 'unavailable',
      why: 'unreadable',
      detail,
      evidence: { request: '{}', response: body, httpStatus: 200, format },
    });
  });

  it('keeps a request to wait', () => {
    expect(read({ status: 429, headers: { 'retry-after': '7' } })).toMatchObject({ retryAfterMs: 7_000 });
    expect(read({ status: 503, headers: { 'retry-after': 'soon' } })).not.toHaveProperty('retryAfterMs');
  });

  it.each(['__proto__', 'constructor', '/subscriber/firstName Imogen', '/a/b/c/d/e', 7, null])(
    'does not repeat a path that is none: %j',
    (path) => {
      const body = JSON.stringify({ message: 'no', fieldList: [{ path, message: 'no' }] });
      expect(read({ status: 400, body })).toMatchObject({ kind: 'unavailable', detail: 'http_400' });
    },
  );
});

describe('a reply with anything at all in some place of it', () => {
  const folder = join(__dirname, 'exchanges');
  const exchanges = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Exchange);

  it('never makes the adapter throw, nor takes the answer of somebody else', () => {
    const replies = fc.tuple(fc.constantFrom(...exchanges), fc.nat(), fc.jsonValue({ maxDepth: 2 }), fc.boolean());
    fc.assert(
      fc.property(replies, ([exchange, place, value, isRemoved]) => {
        const body = structuredClone(exchange.body);
        const places = placesIn(body);
        const [holder, key] = places[place % places.length] ?? [{}, ''];
        if (isRemoved) delete holder[key];
        else holder[key] = value;
        const text = JSON.stringify(body);
        const answer = read({ status: exchange.status, body: text }, exchange);
        if (answer.kind !== 'benefits') return;
        const { firstName, birthDate } = answer.snapshot.patient;
        expect(/^imogen$/i.test(firstName ?? 'IMOGEN') || birthDate === '1988-04-12').toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

/** Every member of every object and list of a document. */
function placesIn(node: unknown): [Record<string, unknown>, string][] {
  if (typeof node !== 'object' || node === null) return [];
  const holder = node as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [
    [holder, key] as [Record<string, unknown>, string],
    ...placesIn(holder[key]),
  ]);
}

const samples = resolve(__dirname, '../../../../shared/samples/json/stedi-v3');
const isThere = existsSync(samples);

(isThere ? describe : describe.skip)('the published examples of the vendor', () => {
  const example = (name: string): string => {
    const file = JSON.parse(readFileSync(`${samples}/${name}`, 'utf8')) as { value?: unknown };
    return JSON.stringify(file.value ?? file);
  };

  it('answer about a dependent, in test mode', () => {
    const inquiry: Inquiry = {
      ...inquiryAbout({}),
      subscriber: { firstName: 'John', lastName: 'Doe', memberId: 'UHC202649' },
      dependent: { firstName: 'Jane', lastName: 'Doe', birthDate: '1952-11-21', relationship: 'spouse' },
      serviceDate: '2024-08-01',
    };
    const body = example('EligibilityCheck.response.200.example1.json');
    expect(read({ body }, { testMode: true, inquiry })).toMatchObject({
      kind: 'benefits',
      snapshot: { status: 'active', patient: { firstName: 'Jane', birthDate: '1952-11-21' } },
    });
    expect(read({ body }, { testMode: true })).toMatchObject({ kind: 'unavailable', why: 'foreign' });
    expect(read({ body }, { inquiry })).toMatchObject({ why: 'configuration', detail: 'test_mode_answer' });
  });

  it('reject a provider with status 400', () => {
    const inquiry: Inquiry = {
      ...inquiryAbout({}),
      subscriber: { firstName: 'Abe', lastName: 'Stedi', birthDate: '2024-06-06' },
    };
    const body = example('EligibilityCheck.response.400.example2.json');
    expect(read({ status: 400, body }, { testMode: true, inquiry })).toMatchObject({
      kind: 'rejected',
      snapshot: { rejections: [{ code: '44', level: 'provider' }] },
    });
  });

  it('answer in production', () => {
    const inquiry: Inquiry = {
      ...inquiryAbout({}),
      subscriber: { firstName: 'Test', lastName: 'Patient', birthDate: '1980-01-01', memberId: '0000000000' },
      serviceDate: '2025-11-03',
    };
    expect(read({ body: example('production-deidentified.response.json') }, { inquiry })).toMatchObject({
      kind: 'benefits',
      snapshot: { status: 'active' },
    });
  });

  it('refuse X12 that the vendor could not parse', () => {
    const body = example('EligibilityRawX12Check.response.400.example2.json');
    expect(read({ status: 400, body }).kind).toBe('rejected');
  });
});
