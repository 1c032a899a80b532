import type { AskedInquiry } from '../inquiry';

/**
 * The checks that a test key may send, as the vendor publishes them for its own invented people: by member id, by birth
 * date, about a dependent, and one that is meant to fail. Whoever may ask, about service type 30 alone; a person who differs
 * in one value is refused.
 */
export interface MockCheck {
  readonly payerId: string;
  readonly subscriber: MockPerson & { readonly memberId: string };
  readonly dependent?: MockPerson;
  /** What it shows. */
  readonly title: string;
}

/** One about the vendor's people and its customers' payers. */
export interface PublishedCheck extends Omit<MockCheck, 'subscriber'> {
  readonly subscriber: Omit<MockPerson, 'birthDate'> & { readonly birthDate?: string; readonly memberId: string };
  /** The simulated payer's member whose benefits are told of this person. */
  readonly playedBy: PlayedBy;
}

interface MockPerson {
  readonly firstName: string;
  readonly lastName: string;
  readonly birthDate: string;
}

/** An invented payer and a member id of it, in whose place somebody else is asked about. */
export interface PlayedBy {
  readonly payerId: string;
  readonly memberId: string;
}

function mock(payerId: string, memberId: string, [firstName, lastName, birthDate]: Names, title: string): MockCheck {
  return { payerId, subscriber: { firstName, lastName, birthDate, memberId }, title };
}

type Names = readonly [string, string, string];

export const mockChecks: readonly MockCheck[] = [
  mock('NW001', 'NWH0017001', ['Rosalind', 'Ashgrove', '1979-03-04'], 'Active, everything said'),
  mock('CV002', 'CVM0027002', ['Edmund', 'Thistlewood', '1983-11-21'], 'Copay a day'),
  mock('BH003', 'BHN0037003', ['Isadora', 'Fennimore', '1992-06-15'], 'Behavioral health without amounts'),
  mock('SR004', 'SRA0217004', ['Barnaby', 'Quillfeather', '1968-01-30'], 'High deductible'),
  mock('HL005', 'HLC0227005', ['Cordelia', 'Marchbanks', '2001-09-09'], 'Nothing to pay'),
  mock('GP006', 'GPA0147006', ['Leopold', 'Wrenfield', '1975-12-12'], 'Behavioral health carved out'),
  mock('NW001', 'NWH0057007', ['Philippa', 'Oakhurst', '1988-08-18'], 'Inactive'),
  {
    ...mock('NW001', 'NWH0017008', ['Ambrose', 'Larkspur', '1971-05-05'], 'A dependent'),
    dependent: { firstName: 'Tamsin', lastName: 'Larkspur', birthDate: '2008-02-29' },
  },
  mock('NW001', 'NWH0197009', ['Bertrand', 'Prewitt', '2001-07-14'], 'Rejected: AAA 73'),
];

/**
 * The requests that the vendor publishes, about its people and its customers' payers. What is said to them is ours and invented. Source: Stedi,
 * eligibility mock requests, and the examples of its SDK.
 */
export const publishedChecks: readonly PublishedCheck[] = [
  published('60054', 'AETNA12345', ['Jane', 'Doe', '2004-04-04'], 'Active, everything said', '001'),
  published('61101', 'HUMANA123', ['Jane', 'Doe', '1975-05-05'], 'Copay a day', '002'),
  published('87726', 'UHCAAA42', ['Jane', 'Doe', '2001-01-01'], 'Rejected: AAA 42', '046'),
  published('87726', 'UHCAAA43', ['Jane', 'Doe', '1970-01-01'], 'Rejected: AAA 43', '049'),
  {
    payerId: '87726',
    subscriber: { firstName: 'John', lastName: 'Doe', memberId: 'UHC202649' },
    dependent: { firstName: 'Jane', lastName: 'Doe', birthDate: '1952-11-21' },
    title: 'A dependent',
    playedBy: { payerId: 'NW001', memberId: 'NWH0018005' },
  },
];

function published(payerId: string, memberId: string, names: Names, title: string, scenario: string): PublishedCheck {
  return { ...mock(payerId, memberId, names, title), playedBy: { payerId: 'NW001', memberId: `NWH${scenario}8001` } };
}

/** The one of those that a check is, value for value. */
export function mockCheckOf(inquiry: AskedInquiry): MockCheck | PublishedCheck | undefined {
  const all: readonly (MockCheck | PublishedCheck)[] = [...mockChecks, ...publishedChecks];
  return all.find(
    ({ payerId, subscriber, dependent }) =>
      payerId === inquiry.payer.id &&
      inquiry.serviceTypes.join() === '30' &&
      inquiry.subscriber.memberId === subscriber.memberId &&
      isSame(inquiry.subscriber, subscriber) &&
      (dependent === undefined ? inquiry.dependent === undefined : isSame(inquiry.dependent, dependent)),
  );
}

function isSame(
  asked: AskedInquiry['dependent'],
  { firstName, lastName, birthDate }: PublishedCheck['subscriber'] | MockPerson,
): boolean {
  return asked?.firstName === firstName && asked.lastName === lastName && asked.birthDate === birthDate;
}
