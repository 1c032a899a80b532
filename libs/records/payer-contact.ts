import type { PayerPhone, PayerRecord, PhonePurpose } from '@openvob/payers/directory';
import type { DirectoryPayer, PayerConnection } from '@openvob/verification';
import type { PayerContact, PhoneLine } from './call-sheet';
import { hoursText, isOpenAt, readHours } from './opening-hours';
import { isSameLine } from './telephone';

/** Settings of a connection by hand (`libs/payers/manual`) that say how a payer is reached. */
const phoneLabels = {
  behavioralHealthPhone: 'behavioral health',
  providerPhone: 'providers',
  phone: 'main',
} as const;

/** What a line of the directory is for; that for the admission's question first. */
const purposeLabels: Readonly<Record<PhonePurpose, string>> = {
  behavioral_health: 'behavioral health',
  eligibility: 'eligibility',
  general: 'main',
  authorization: 'authorization',
};

/** What is known of how a payer is reached. */
export interface Reach {
  readonly payer: DirectoryPayer;
  /** Everything that the directory says of it. */
  readonly record?: Pick<PayerRecord, 'phones' | 'portalUrl'> | undefined;
  readonly byHand?: PayerConnection | undefined;
  /** The line that an answer or a call gave: the first to ring. */
  readonly told?: PhoneLine | undefined;
}

/** How a payer is reached by phone: as an answer said, by its connection by hand, then by the directory. */
export function contactOf({ payer: { id, name, phone }, record, byHand, told }: Reach, now: Date): PayerContact {
  const known = record && record.phones.length > 0 ? listedLines(record.phones, now) : mainLine(phone);
  const lines = [...(told ? [told] : []), ...linesByHand(byHand), ...known];
  const portal = byHand?.settings.portalUrl ?? portalByHand(byHand) ?? record?.portalUrl;
  const notes = byHand?.settings.notes;
  return {
    payer: { id, name },
    phones: eachOnce(lines),
    ...hoursByHand(byHand, now),
    ...(portal ? { portal } : {}),
    ...(notes ? { notes } : {}),
  };
}

function mainLine(phone: string | undefined): PhoneLine[] {
  return phone ? [{ label: 'main', number: phone }] : [];
}

function linesByHand(byHand: PayerConnection | undefined): PhoneLine[] {
  if (!byHand) return [];
  const set = Object.entries(phoneLabels).flatMap(([key, label]) => {
    const number = byHand.settings[key];
    return number ? [{ label, number }] : [];
  });
  const first = /^tel:(.+)$/.exec(byHand.endpointUrl)?.[1];
  if (!first) return set;
  const named = set.find(({ number }) => isSameLine(number, first)) ?? { label: 'ring first', number: first };
  return [named, ...set];
}

function portalByHand(byHand: PayerConnection | undefined): string | undefined {
  return byHand?.endpointUrl.startsWith('https://') ? byHand.endpointUrl : undefined;
}

function hoursByHand(
  byHand: PayerConnection | undefined,
  now: Date,
): Pick<PayerContact, 'hours' | 'timeZone' | 'isOpenNow'> {
  const { hours, timeZone } = byHand?.settings ?? {};
  const open = hours && timeZone ? readHours(hours) : undefined;
  const isOpenNow = open && timeZone ? isOpenAt(open, timeZone, now) : undefined;
  return {
    ...(hours ? { hours } : {}),
    ...(timeZone ? { timeZone } : {}),
    ...(isOpenNow === undefined ? {} : { isOpenNow }),
  };
}

function listedLines(phones: readonly PayerPhone[], now: Date): PhoneLine[] {
  return Object.entries(purposeLabels).flatMap(([purpose, label]) =>
    phones.filter((phone) => phone.purpose === purpose).map((phone) => listedLine(phone, label, now)),
  );
}

function listedLine({ number, hours, source, asOf }: PayerPhone, label: string, now: Date): PhoneLine {
  const isOpenNow = hours ? isOpenAt(hours.open, hours.timeZone, now) : undefined;
  return {
    label,
    number,
    ...(hours ? { hours: hoursText(hours.open), timeZone: hours.timeZone } : {}),
    ...(isOpenNow === undefined ? {} : { isOpenNow }),
    ...(source ? { source: asOf ? `${source}, ${asOf}` : source } : {}),
  };
}

/** A line that is known from several places stands where it comes first, with all that is known of it. */
function eachOnce(lines: readonly PhoneLine[]): PhoneLine[] {
  const kept: PhoneLine[] = [];
  for (const line of lines) {
    const at = kept.findIndex(({ number }) => isSameLine(number, line.number));
    const known = kept[at];
    if (known) kept[at] = { ...line, ...known };
    else kept.push(line);
  }
  return kept;
}
