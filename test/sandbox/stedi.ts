import type { Connection, Inquiry } from '@openvob/payers';
import { stediAdapter } from '@openvob/payers/stedi';
import type { Measure } from '../setup/measure';
import { askAll, needed, type SandboxCase, sandboxInquiry } from './ask.sandbox';

/**
 * Asks the vendor's own test mode, at both endpoints, the mock requests that it publishes. They are free and about people
 * whom the vendor invented. Needs a test key in `STEDI_API_KEY`; without one nothing is sent. `STEDI_SANDBOX_URL` is another
 * base address, such as the simulator's `http://127.0.0.1:3900/stedi`, for which any key `test_…` will do.
 */
export const run: Measure = async () => {
  const { STEDI_API_KEY } = needed(['STEDI_API_KEY'], process.env);
  const rows = [];
  for (const endpoint of ['v3', '2026-06-01']) {
    const connection = connectionTo(endpoint, STEDI_API_KEY, addressFrom(process.env));
    const asked = await askAll(stediAdapter, connection, mockRequests);
    rows.push(...asked.map((row) => ({ ...row, what: `${endpoint}: ${row.what}` })));
  }
  return rows;
};

/** The vendor's, unless another one is given. */
export function addressFrom({ STEDI_SANDBOX_URL }: Readonly<Record<string, string | undefined>>): string {
  return STEDI_SANDBOX_URL || 'https://healthcare.us.stedi.com';
}

/** A connection in test mode: a production key is refused before anything is sent. */
export function connectionTo(endpoint: string, apiKey: string, endpointUrl = addressFrom({})): Connection {
  return {
    id: 'con_sandbox',
    adapter: 'stedi',
    endpointUrl,
    settings: { endpoint, testMode: 'true' },
    credentials: { apiKey },
    timeoutMs: 70_000,
  };
}

/** Source: Stedi, eligibility mock requests, and the examples of its SDK; every value has to stand as published. */
export const mockRequests: readonly SandboxCase[] = [
  about('a subscriber, Aetna', '60054', ['Jane', 'Doe', '2004-04-04', 'AETNA12345'], 'benefits'),
  about('a subscriber, Humana', '61101', ['Jane', 'Doe', '1975-05-05', 'HUMANA123'], 'benefits'),
  about('payer cannot answer', '87726', ['Jane', 'Doe', '2001-01-01', 'UHCAAA42'], 'rejected 42'),
  about('provider not accepted', '87726', ['Jane', 'Doe', '1970-01-01', 'UHCAAA43'], 'rejected 43'),
  dependentOf(about('a dependent, UnitedHealthcare', '87726', ['John', 'Doe', undefined, 'UHC202649'], 'benefits'), {
    firstName: 'Jane',
    lastName: 'Doe',
    birthDate: '1952-11-21',
    relationship: 'spouse',
  }),
];

type Person = readonly [firstName: string, lastName: string, birthDate: string | undefined, memberId: string];

function about(title: string, payerId: string, person: Person, expected: string): SandboxCase {
  const [firstName, lastName, birthDate, memberId] = person;
  const subscriber = { firstName, lastName, memberId, ...(birthDate === undefined ? {} : { birthDate }) };
  return { title, inquiry: sandboxInquiry({ payer: { name: title, id: payerId }, subscriber }), expected };
}

function dependentOf(given: SandboxCase, dependent: NonNullable<Inquiry['dependent']>): SandboxCase {
  return { ...given, inquiry: { ...given.inquiry, dependent } };
}
