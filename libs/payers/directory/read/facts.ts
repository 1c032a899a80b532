import { isCivilDate } from '@openvob/benefits';
import { states } from '../names/places';
import { lettersOf } from '../names/words';
import {
  enrollments,
  type OpeningHours,
  type PayerAdministrator,
  type PayerIdentifier,
  type PayerPhone,
  payerKinds,
  phonePurposes,
  planKinds,
  weekdays,
} from '../payer-record';
import { type Fields, fault, list, object, oneOf, type Reader, text } from './value';

/** Without control characters: a database takes no NUL, a header no line break. */
export const plain = (value: string): boolean => !/[\p{Cc}\p{Cs}]/u.test(value);
const upTo =
  (most: number) =>
  (value: string): boolean =>
    value.length >= 1 && value.length <= most && plain(value);

/** An id of this directory. */
export const payerId = text(
  (value) => /^pay_[a-z0-9_]{1,80}$/.test(value),
  'must be pay_ and 1 to 80 of a-z, 0-9 and _',
);
export const connectionId = text(
  (value) => /^con_[a-z0-9_]{1,80}$/.test(value),
  'must be con_ and 1 to 80 of a-z, 0-9 and _',
);

export const payerName = text(
  (value) => upTo(160)(value) && lettersOf(value) !== '',
  'must be a name of 1 to 160 characters with a letter or digit in it',
);
export const aliases = list(payerName, 100);
export const kind = oneOf(payerKinds);

const upper =
  <T>(read: Reader<T>): Reader<T> =>
  (value) =>
    read(typeof value === 'string' ? value.toUpperCase() : value);

export const stateCode = upper(
  text((value) => Object.hasOwn(states, value), 'must be the two letters of a state, e.g. NJ'),
);
export const stateCodes = list(stateCode, 60);
export const memberIdPrefixes = list(
  upper(text((value) => /^[A-Z0-9]{1,12}$/.test(value), 'must be 1 to 12 letters and digits, as member ids begin')),
  2_000,
);

export const webAddress = text(
  (value) => upTo(500)(value) && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol),
  'must be a web address, https://…',
);

/** A citation: a web address, a document, whoever told it. */
export const source = text(upTo(500), 'must say where it was read, 1 to 500 characters: a web address or a document');
export const asOf = text(isCivilDate, 'must be the day on which it was read, YYYY-MM-DD');

export const network = text(
  (value) => /^[a-z][a-z0-9_]{0,39}$/.test(value),
  'must be a short name such as stedi or edi: a-z, 0-9 and _',
);
export const identifierText = text(upTo(80), 'must be 1 to 80 characters');
export const enrollment = oneOf(enrollments);

export const phoneNumber = text(
  (value) => /^[0-9A-Za-z+(). /#-]{7,40}$/.test(value) && /\d/.test(value),
  'must be a phone number of 7 to 40 characters',
);
export const purpose = oneOf(phonePurposes);
export const planKind = oneOf(planKinds);

export const timeZone = text(isTimeZone, 'must be a time zone, e.g. America/New_York');

function isTimeZone(value: string): boolean {
  try {
    return value.includes('/') && new Intl.DateTimeFormat('en', { timeZone: value }) !== undefined;
  } catch {
    return false;
  }
}

export const timeOfDay = text(
  (value) => /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(value),
  'must be a time of the day, HH:MM',
);

type Span = OpeningHours['open'][number];
const span: Fields<Span> = {
  days: { read: list(oneOf(weekdays), 7), needed: true },
  from: { read: timeOfDay, needed: true },
  to: { read: timeOfDay, needed: true },
};

const spans: Reader<Span[]> = (value) => {
  const read = list(object<Span>(span), 21)(value);
  if ('faults' in read) return read;
  const wrong = read.value.findIndex(({ days, from, to }) => days.length === 0 || from >= to);
  return wrong < 0 ? read : fault('must name days, and open before it closes', 'malformed', `/${wrong}`);
};

export const openingHours = object<OpeningHours>({
  timeZone: { read: timeZone, needed: true },
  open: { read: spans, needed: true },
});

export const identifier = object<PayerIdentifier>({
  network: { read: network, needed: true },
  identifier: { read: identifierText, needed: true },
  enrollment: { read: enrollment },
  source: { read: source, needed: true },
  asOf: { read: asOf, needed: true },
});

export const phone = object<PayerPhone>({
  purpose: { read: purpose, needed: true },
  number: { read: phoneNumber, needed: true },
  hours: { read: openingHours },
  source: { read: source },
  asOf: { read: asOf },
});

export const administrator = object<PayerAdministrator>({
  administratorId: { read: payerId, needed: true },
  state: { read: stateCode },
  planKind: { read: planKind },
  source: { read: source, needed: true },
  asOf: { read: asOf, needed: true },
});
