import type { BenefitLoop, RelatedEntity, Segment } from '@openvob/x12';
import { given } from '../given';
import type { StatedDate, StatedDelivery, StatedEntity, StatedReference, StatedRow, StatedText } from '../statement';
import { elementOf, sourceOf } from './segment-source';

/** One run of loop 2110 (EB and what stands under it) as a statement. Source: TR3 005010X279A1, 2110C and 2110D. */
export function statedRow(loop: BenefitLoop): StatedRow {
  const eb = loop.segment;
  const procedure = eb.components(13)[1]?.trim();
  return {
    source: sourceOf(eb),
    code: elementOf(eb, 1) ?? '',
    serviceTypes: eb.repetitions(3).map((code) => code.trim()),
    ...given({
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
      procedure: procedure || undefined,
    }),
    deliveries: loop.hsd.map(statedDelivery),
    dates: statedDates(loop.dtp),
    messages: loop.msg.flatMap(statedMessage),
    placesOfService: loop.iii.flatMap((iii) => (elementOf(iii, 1) === 'ZZ' ? (elementOf(iii, 2) ?? []) : [])),
    references: statedReferences(loop.ref),
    entities: [...loop.entities.flatMap(statedRelatedEntity), ...emptyWrapper(loop)],
  };
}

/** LS and LE around nothing that names a party. */
function emptyWrapper({ segments, entities }: BenefitLoop): StatedEntity[] {
  const ls = entities.length === 0 ? segments.find((segment) => segment.id === 'LS') : undefined;
  return ls === undefined ? [] : [{ role: 'unknown', source: sourceOf(ls) }];
}

/** DTP segments. */
export function statedDates(segments: readonly Segment[]): StatedDate[] {
  return segments.flatMap((dtp) => {
    const qualifier = elementOf(dtp, 1);
    const value = elementOf(dtp, 3);
    return qualifier === undefined || value === undefined ? [] : [{ qualifier, value, source: sourceOf(dtp) }];
  });
}

/** REF segments. */
export function statedReferences(segments: readonly Segment[]): StatedReference[] {
  return segments.flatMap((ref) => {
    const qualifier = elementOf(ref, 1);
    const value = elementOf(ref, 2);
    return qualifier === undefined || value === undefined ? [] : [{ qualifier, value }];
  });
}

/** A party: its NM1, and the phone and web address of its PER segments. A person's name is first name, last name. */
export function statedEntity(nm1: Segment, contacts: readonly Segment[]): StatedEntity {
  const isPerson = elementOf(nm1, 2) === '1';
  const first = isPerson ? elementOf(nm1, 4) : undefined;
  const name = [first, elementOf(nm1, 3)].filter((part) => part !== undefined).join(' ');
  return {
    role: elementOf(nm1, 1) ?? 'unknown',
    ...(isPerson ? { isPerson } : {}),
    ...given({ name: name || undefined, idQualifier: elementOf(nm1, 8), id: elementOf(nm1, 9) }),
    ...given({ phone: contactOf(contacts, ['TE', 'WP']), url: contactOf(contacts, ['UR']) }),
    source: sourceOf(nm1),
  };
}

/** Loop 2120, also when the name is missing and address or phone stand alone. */
function statedRelatedEntity({ nm1, per, segments }: RelatedEntity): StatedEntity[] {
  if (nm1 !== undefined) return [statedEntity(nm1, per)];
  const [first] = segments;
  if (first === undefined) return [];
  const contact = given({ phone: contactOf(per, ['TE', 'WP']), url: contactOf(per, ['UR']) });
  return [{ role: 'unknown', ...contact, source: sourceOf(first) }];
}

/** The first number of a kind among PER03/04, PER05/06 and PER07/08. */
function contactOf(contacts: readonly Segment[], kinds: readonly string[]): string | undefined {
  const numbers = contacts.flatMap((per) =>
    [3, 5, 7].map((position) => ({ kind: elementOf(per, position), number: elementOf(per, position + 1) })),
  );
  return numbers.find(({ kind, number }) => kinds.includes(kind ?? '') && number !== undefined)?.number;
}

function statedDelivery(hsd: Segment): StatedDelivery {
  return {
    ...given({
      quantityKind: elementOf(hsd, 1),
      quantity: elementOf(hsd, 2),
      per: elementOf(hsd, 3),
      perCount: elementOf(hsd, 4),
      period: elementOf(hsd, 5),
      periodCount: elementOf(hsd, 6),
    }),
    source: sourceOf(hsd),
  };
}

/** Line breaks inside a message become one space. */
function statedMessage(msg: Segment): StatedText[] {
  const text = elementOf(msg, 1)?.replace(/\s*[\r\n]+\s*/g, ' ');
  return text === undefined ? [] : [{ text, source: sourceOf(msg) }];
}
