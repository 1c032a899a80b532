import type { BenefitLoop, RelatedEntity, Segment } from '@openvob/x12';
import { benefits, constant, levels, networks, periods, products, quantities, roles, serviceTypes } from './names';
import { decimal, filled } from './payer-answer';

type Json = Record<string, unknown>;

/** NM1 as a person or an organization. */
export function nameOf(nm1: Segment): Json | undefined {
  if (nm1.element(2) !== '1') return nm1.element(3) === undefined ? undefined : { organization: nm1.element(3) };
  return {
    person: filled({
      firstName: nm1.element(4),
      lastName: nm1.element(3),
      middleName: nm1.element(5),
      suffix: nm1.element(7),
    }),
  };
}

/** Qualifiers of begin and end share a member. */
const dateMembers: Readonly<Record<string, readonly [string, 'start' | 'end']>> = {
  291: ['plan', 'start'],
  292: ['benefit', 'start'],
  304: ['latestVisit', 'start'],
  307: ['eligibility', 'start'],
  318: ['added', 'start'],
  346: ['plan', 'start'],
  347: ['plan', 'end'],
  348: ['benefit', 'start'],
  349: ['benefit', 'end'],
  356: ['eligibility', 'start'],
  357: ['eligibility', 'end'],
  472: ['service', 'start'],
  636: ['dateOfLastUpdate', 'start'],
};

/** Dates as ranges; a single date is a start. */
export function datesOf(segments: readonly Segment[]): Json | undefined {
  const found: Record<string, Record<string, unknown>> = {};
  for (const dtp of segments.filter(({ id }) => id === 'DTP')) {
    const [member, bound] = dateMembers[dtp.element(1) ?? ''] ?? [];
    if (member === undefined || bound === undefined) continue;
    const [from, to] = (dtp.element(3) ?? '').split('-');
    found[member] = {
      ...found[member],
      ...(to === undefined ? { [bound]: spelled(from) } : { start: spelled(from), end: spelled(to) }),
    };
  }
  return Object.keys(found).length === 0 ? undefined : found;
}

/** `CCYYMMDD` as `YYYY-MM-DD`. */
export function spelled(packed: string | undefined): string | undefined {
  return packed?.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
}

/** All benefits of a person as one plan. */
export function plan(loops: readonly BenefitLoop[]): Json {
  const name = loops.map(({ segment }) => segment.element(5)).find((each) => each !== undefined);
  const kinds: Record<string, Json[]> = {};
  for (const loop of loops) {
    const [, kind] = benefits[loop.segment.element(1) ?? ''] ?? [];
    if (kind === undefined) continue;
    const list = /^[A-Z_]+$/.test(kind) ? 'statuses' : kind;
    const more = list === 'statuses' ? { status: kind } : {};
    kinds[list] = [...(kinds[list] ?? []), ...entries(loop).map((entry) => ({ ...entry, ...more }))];
  }
  return filled({ name, benefits: kinds });
}

/** One entry for each service that the row names; one without any for a row that names none. */
function entries(loop: BenefitLoop): Json[] {
  const codes = loop.segment.repetitions(3);
  const common = entryOf(loop);
  if (codes.length === 0) return [common];
  return codes.map((value) => ({
    ...common,
    service: filled({ system: 'STC', value, definition: serviceTypes[value] }),
  }));
}

/** A row without a coverage level comes back as INDIVIDUAL: the member is required. */
function entryOf(loop: BenefitLoop): Json {
  const { segment: eb, msg, iii } = loop;
  const indicator = networks[eb.element(12) ?? '']?.[1];
  const authorization: Readonly<Record<string, string>> = { Y: 'REQUIRED', N: 'NOT_REQUIRED' };
  const quantity = filled({ qualifier: constant(quantities[eb.element(9) ?? '']), value: eb.element(10) });
  const related = loop.entities.flatMap((each) => entity(each) ?? []);
  const coverageLevel = constant(levels[eb.element(2) ?? '']) ?? 'INDIVIDUAL';
  const isStatus = /^[1-8]$/.test(eb.element(1) ?? '');
  return filled({
    coverageLevel,
    insuranceType: constant(products[eb.element(4) ?? '']),
    network: indicator === undefined ? undefined : { indicator },
    priorAuthIndicator: authorization[eb.element(11) ?? ''],
    planCoverageDescription: eb.element(5),
    timePeriod: isStatus ? undefined : constant(periods[eb.element(6) ?? '']),
    amount: isStatus ? undefined : eb.element(7),
    percent: isStatus ? undefined : decimal(eb.element(8)),
    quantity: Object.keys(quantity).length > 0 && !isStatus ? quantity : undefined,
    messages: msg.length > 0 ? msg.map((segment) => segment.element(1)) : undefined,
    dates: datesOf(loop.dtp),
    serviceLimits: loop.hsd.length > 0 ? loop.hsd.map(limit) : undefined,
    placesOfService: iii.length > 0 ? iii.map((segment) => ({ code: segment.element(2) })) : undefined,
    relatedEntities: related.length > 0 ? related : undefined,
  });
}

function limit(hsd: Segment): Json {
  const units: Readonly<Record<string, string>> = { DA: 'DAYS', MO: 'MONTHS', VS: 'VISIT', WK: 'WEEK', YR: 'YEARS' };
  const pair = (value: unknown, qualifier: string | undefined) => {
    const made = filled({ value, qualifier });
    return Object.keys(made).length === 0 ? undefined : made;
  };
  const count = hsd.element(6);
  return {
    delivery: filled({
      quantity: pair(hsd.element(2), constant(quantities[hsd.element(1) ?? ''])),
      frequency: pair(hsd.element(4), units[hsd.element(3) ?? '']),
      period: pair(count === undefined ? undefined : Number(count), constant(periods[hsd.element(5) ?? ''])),
    }),
  };
}

const idMembers: Readonly<Record<string, string>> = { PI: 'payerId', MI: 'memberId', XX: 'npi', NI: 'naicId' };

function entity({ nm1, per }: RelatedEntity): Json | undefined {
  const type = constant(roles[nm1?.element(1) ?? '']);
  if (nm1 === undefined || type === undefined) return undefined;
  const numbers = (mode: string) => per.filter((each) => each.element(3) === mode).map((each) => each.element(4));
  const contact = filled({ phoneNumbers: orNone(numbers('TE')), urls: orNone(numbers('UR')) });
  const idMember = idMembers[nm1.element(8) ?? ''];
  return filled({
    name: nameOf(nm1),
    type,
    ...(idMember === undefined ? {} : { [idMember]: nm1.element(9) }),
    contacts: Object.keys(contact).length > 0 ? [contact] : undefined,
  });
}

function orNone<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined;
}
