import { type BenefitLoop, type RelatedEntity, type Segment, withOne } from '@openvob/x12';
import { keptMessage } from '../message-facts';
import type { StatedDate, StatedDelivery, StatedEntity, StatedReference, StatedRow, StatedText } from '../statement';
import { elementOf, isTrimmed, sourceOf } from './segment-source';

/**
 * One run of loop 2110 (EB and what stands under it) as a statement. Every row has all fields, so that all are alike to
 * the engine, and lists are filled in plain loops: every benefit of every message passes here.
 * Source: TR3 005010X279A1, 2110C and 2110D.
 */
export function statedRow(loop: BenefitLoop): StatedRow {
  const eb = loop.segment;
  return {
    source: sourceOf(eb),
    code: elementOf(eb, 1) ?? '',
    serviceTypes: trimmed(eb.repetitions(3)),
    level: elementOf(eb, 2),
    product: elementOf(eb, 4),
    plan: elementOf(eb, 5),
    period: elementOf(eb, 6),
    amount: elementOf(eb, 7),
    percent: elementOf(eb, 8),
    quantityKind: elementOf(eb, 9),
    quantity: elementOf(eb, 10),
    authorization: elementOf(eb, 11),
    network: elementOf(eb, 12),
    procedure: eb.elementCount < 13 ? undefined : eb.components(13)[1]?.trim() || undefined,
    deliveries: loop.hsd.length === 0 ? NOTHING : loop.hsd.map(statedDelivery),
    dates: statedDates(loop.dtp),
    messages: statedMessages(loop.msg),
    placesOfService: placesOfService(loop.iii),
    references: statedReferences(loop.ref),
    entities: relatedEntities(loop),
  };
}

/** What most rows have of most things. */
const NOTHING: readonly never[] = [];

/** Codes without surrounding blanks: nearly always they are as they stand. */
function trimmed(codes: readonly string[]): readonly string[] {
  for (const code of codes) if (!isTrimmed(code)) return codes.map((each) => each.trim());
  return codes;
}

function placesOfService(iii: readonly Segment[]): readonly string[] {
  let places: readonly string[] = NOTHING;
  for (const segment of iii) {
    const place = elementOf(segment, 1) === 'ZZ' ? elementOf(segment, 2) : undefined;
    if (place !== undefined) places = withOne(places, place);
  }
  return places;
}

/** Loops 2120; LS and LE around nothing that names a party are one too. */
function relatedEntities({ ls, entities }: BenefitLoop): readonly StatedEntity[] {
  if (entities.length === 0) return ls === undefined ? NOTHING : [{ role: 'unknown', source: sourceOf(ls) }];
  const found: StatedEntity[] = [];
  for (const entity of entities) {
    const stated = statedRelatedEntity(entity);
    if (stated !== undefined) found.push(stated);
  }
  return found;
}

/** DTP segments. */
export function statedDates(segments: readonly Segment[]): readonly StatedDate[] {
  if (segments.length === 0) return NOTHING;
  const dates: StatedDate[] = [];
  for (const segment of segments) {
    if (segment.id !== 'DTP') continue;
    const qualifier = elementOf(segment, 1);
    const value = elementOf(segment, 3);
    if (qualifier !== undefined && value !== undefined) dates.push({ qualifier, value, source: sourceOf(segment) });
  }
  return dates;
}

/** REF segments. */
export function statedReferences(segments: readonly Segment[]): readonly StatedReference[] {
  if (segments.length === 0) return NOTHING;
  const references: StatedReference[] = [];
  for (const segment of segments) {
    if (segment.id !== 'REF') continue;
    const qualifier = elementOf(segment, 1);
    const value = elementOf(segment, 2);
    if (qualifier !== undefined && value !== undefined) references.push({ qualifier, value });
  }
  return references;
}

const PHONES = ['TE', 'WP'];
const URLS = ['UR'];

/** A party: its NM1, and the phone and web address of its PER segments. A person's name is first name, last name. */
export function statedEntity(nm1: Segment, contacts: readonly Segment[]): StatedEntity {
  const isPerson = elementOf(nm1, 2) === '1';
  const first = isPerson ? elementOf(nm1, 4) : undefined;
  const last = elementOf(nm1, 3);
  return {
    role: elementOf(nm1, 1) ?? 'unknown',
    isPerson: isPerson || undefined,
    name: first === undefined || last === undefined ? (first ?? last) : `${first} ${last}`,
    idQualifier: elementOf(nm1, 8),
    id: elementOf(nm1, 9),
    phone: contactOf(contacts, PHONES),
    url: contactOf(contacts, URLS),
    source: sourceOf(nm1),
  };
}

/** Loop 2120, also when the name is missing and address or phone stand alone. */
function statedRelatedEntity({ nm1, per, segments }: RelatedEntity): StatedEntity | undefined {
  if (nm1 !== undefined) return statedEntity(nm1, per);
  const [first] = segments;
  if (first === undefined) return undefined;
  return { role: 'unknown', phone: contactOf(per, PHONES), url: contactOf(per, URLS), source: sourceOf(first) };
}

/** The first number of a kind among PER03/04, PER05/06 and PER07/08. */
function contactOf(contacts: readonly Segment[], kinds: readonly string[]): string | undefined {
  for (const per of contacts) {
    if (per.id !== 'PER') continue;
    for (let position = 3; position <= 7; position += 2) {
      const number = kinds.includes(elementOf(per, position) ?? '') ? elementOf(per, position + 1) : undefined;
      if (number !== undefined) return number;
    }
  }
  return undefined;
}

function statedDelivery(hsd: Segment): StatedDelivery {
  return {
    quantityKind: elementOf(hsd, 1),
    quantity: elementOf(hsd, 2),
    per: elementOf(hsd, 3),
    perCount: elementOf(hsd, 4),
    period: elementOf(hsd, 5),
    periodCount: elementOf(hsd, 6),
    source: sourceOf(hsd),
  };
}

function statedMessages(segments: readonly Segment[]): readonly StatedText[] {
  let messages: readonly StatedText[] = NOTHING;
  for (const segment of segments) {
    const message = statedMessage(segment);
    if (message !== undefined) messages = withOne(messages, message);
  }
  return messages;
}

function statedMessage(segment: Segment): StatedText | undefined {
  const text = elementOf(segment, 1);
  if (text === undefined) return undefined;
  return { text: keptMessage(text), source: sourceOf(segment) };
}
