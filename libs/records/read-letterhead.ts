import type { FacilityAddress, Letterhead, OwnSentences } from '@openvob/results/documents/letterhead';
import { type Fields, readBody } from './body';

const keys = ['legalName', 'address', 'phone', 'hours', 'tin', 'sentences'];
const sentenceKeys = ['patientEstimate', 'goodFaithEstimate', 'separateServices'] as const;
const mostSentences = 10;
const longestSentence = 400;

/**
 * What a facility puts on its documents, as its administrator writes it down; it takes the place of the one before.
 *
 * @throws Problem `validation_failed`
 */
export function readLetterheadBody(body: unknown): Letterhead {
  return readBody(body, (fields) => {
    fields.only(...keys);
    return present({
      legalName: fields.text('legalName', 120),
      address: fields.object('address', readAddress),
      phone: fields.text('phone', 40),
      hours: fields.text('hours', 80),
      tin: tinOf(fields),
      sentences: fields.object('sentences', readSentences),
    });
  });
}

function readAddress(fields: Fields): FacilityAddress {
  fields.only('street', 'city', 'state', 'postalCode');
  const state = fields.text('state', 2, 'needed') ?? '';
  if (state !== '' && !/^[A-Z]{2}$/.test(state)) fields.fault('state', 'malformed', 'must be two capital letters');
  const postalCode = fields.text('postalCode', 10, 'needed') ?? '';
  if (postalCode !== '' && !/^\d{5}(-\d{4})?$/.test(postalCode))
    fields.fault('postalCode', 'malformed', 'must be a ZIP code, 12345 or 12345-6789');
  return {
    street: fields.text('street', 120, 'needed') ?? '',
    city: fields.text('city', 60, 'needed') ?? '',
    state,
    postalCode,
  };
}

/** An employer's number, or a person's. */
function tinOf(fields: Fields): string | undefined {
  const tin = fields.text('tin', 11);
  if (tin === undefined || /^(\d{2}-?\d{7}|\d{3}-\d{2}-\d{4})$/.test(tin)) return tin;
  return fields.fault('tin', 'malformed', 'must be a taxpayer identification number, 12-3456789');
}

function readSentences(fields: Fields): NonNullable<Letterhead['sentences']> {
  fields.only('en', 'es');
  return present({ en: fields.object('en', readOwn), es: fields.object('es', readOwn) });
}

function readOwn(fields: Fields): OwnSentences {
  fields.only(...sentenceKeys);
  return present(Object.fromEntries(sentenceKeys.map((key) => [key, sentencesAt(fields, key)])));
}

function sentencesAt(fields: Fields, key: string): string[] | undefined {
  const texts = fields.texts(key, mostSentences);
  if (texts?.some((text) => text.length > longestSentence))
    return fields.fault(key, 'too_long', `may have ${longestSentence} characters a sentence at most`);
  return texts;
}

function present<T extends object>(record: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
