import { type CivilDate, isWithin } from './civil-date';
import { LONGEST_BEHAVIORAL, ROUTINE_FACTS, tells, textTells } from './message-facts';
import { memberIdOf } from './parties';
import type { ReadRow } from './rows';
import { isBehavioral, isBehavioralAlone, isPlanLevel } from './service-types';
import type { Snapshot } from './snapshot';
import type { StatedEntity, StatedText } from './statement';

type CarveOut = NonNullable<Snapshot['carveOut']>;

/** Rows that send the asker to somebody else: "contact following entity" and "other source of data". */
const ROUTING = new Set(['U', 'W']);
/** Active coverage, whose party may be a behavioral administrator. */
const ACTIVE = new Set(['1', '2', '3', '4']);
/** Parties that treat, employ or insure the patient and administer nothing. */
const NO_ADMINISTRATORS = new Set(['03', '1P', '36', '73', 'FA', 'GP', 'IL', 'LR', 'P3', 'P5', 'QC', 'unknown']);
/** Third-party administrator, payer, vendor, managed-care and utilization-management organization. */
const ADMINISTRATORS = new Set(['2B', 'PR', 'VN', 'X3', 'Y2']);

const NAME = "([A-Z][A-Z0-9&'/ ]*?(?:[.-][A-Z0-9&'/ ]+?)*?)";
/** A name ends at a full stop behind a whole word; `U.S.` and `ST.` are parts of names. */
const END =
  '(?=\\s+-\\s|\\s*[,;:(]|(?<=[A-Z]{3})\\.(?:\\s|$)|\\.$|\\s+(?:AT|CALL|PHONE|TEL|SUBMIT|CONTACT|PAYER|PLEASE|FOR|ID|\\d)|\\s*$)';
const ADMINISTERED_BY = new RegExp(
  `\\b(?:ADMINISTERED|ADMIN|MANAGED|HANDLED|PROCESSED|DELEGATED|CARVED[ -]?OUT)(?:\\s+(?:BY|TO|THROUGH))+\\s+(?:THE\\s+)?${NAME}${END}`,
);
const CONTACT = new RegExp(`\\b(?:CONTACT|CALL)\\s+(?:THE\\s+)?${NAME}(?=\\s+(?:AT|FOR|ON)\\b|\\s+\\d)`);
const OWN_DEPARTMENT =
  /\b(?:PAYER|PLAN|US|MEMBER SERVICES|CUSTOMER SERVICES?|PROVIDER SERVICES|BENEFITS? DEPARTMENT|HEALTH PLAN|INSURER|NUMBER|CARD)\b/;
const PHONE = /(?:\b1[-. ])?\(?\b\d{3}\)?[-. ]\d{3}[-. ]\d{4}\b/;

/** The payer as far as it tells a carve-out from the payer itself. */
export interface AnsweringPayer {
  readonly name?: string;
  readonly id?: string;
}

/**
 * Who else holds the behavioral benefit: a named party on a routing row, or a behavioral administrator on an active row,
 * for behavioral services or the plan as a whole; else whoever a message says administers behavioral health. Never the
 * payer itself.
 */
export function carveOutOf(
  rows: readonly ReadRow[],
  payer: AnsweringPayer,
  serviceDate: CivilDate | undefined,
): CarveOut | undefined {
  let planNames: readonly string[] | undefined;
  const foreign = (name: string, id?: string) => {
    planNames ??= activePlanNames(rows);
    return !isPayerItself({ name, ...(id === undefined ? {} : { id }) }, payer, planNames);
  };
  for (const row of rows) {
    if (row.stated.entities.length === 0 || !isCurrent(row, serviceDate)) continue;
    const party = foreignHolder(row, foreign);
    if (party?.name !== undefined) return carveOut(party.name, party, row);
  }
  for (const row of rows) {
    if ((row.facts & ROUTINE_FACTS.behavioral) === 0 || !isCurrent(row, serviceDate)) continue;
    for (const message of row.stated.messages) {
      const name = administratorIn(message);
      if (name !== undefined && foreign(name)) return carveOutByMessage(name, message);
    }
  }
  return undefined;
}

function activePlanNames(rows: readonly ReadRow[]): string[] {
  return [...new Set(rows.flatMap(({ stated }) => (ACTIVE.has(stated.code) ? (stated.plan ?? []) : [])))];
}

function foreignHolder(row: ReadRow, isForeign: (name: string, id?: string) => boolean): StatedEntity | undefined {
  return row.stated.entities.find((party) => holdsBenefit(row, party) && isForeign(party.name ?? '', party.id));
}

function isCurrent(row: ReadRow, serviceDate: CivilDate | undefined): boolean {
  return serviceDate === undefined || isWithin(serviceDate, row);
}

function holdsBenefit(row: ReadRow, party: StatedEntity): boolean {
  const { code, serviceTypes, messages } = row.stated;
  if (party.name === undefined || party.isPerson === true || NO_ADMINISTRATORS.has(party.role)) return false;
  const texts = messages.map(({ text }) => text);
  if (!isBehavioral(serviceTypes) && !isPlanLevel(serviceTypes) && !tells(texts, 'behavioral')) return false;
  if (ROUTING.has(code)) return true;
  if (!ACTIVE.has(code) || !ADMINISTRATORS.has(party.role)) return false;
  return tells([party.name], 'behavioral') || (isBehavioralAlone(serviceTypes) && party.role !== 'X3');
}

function carveOut(entity: string, party: StatedEntity, row: ReadRow): CarveOut {
  const memberId = memberIdOf(party);
  const phone =
    party.phone ?? row.stated.messages.map(({ text }) => PHONE.exec(text)?.[0]).find((each) => each !== undefined);
  return {
    entity,
    ...(memberId === undefined ? {} : { memberId }),
    ...(phone === undefined ? {} : { phone }),
    source: party.source,
  };
}

function carveOutByMessage(entity: string, message: StatedText): CarveOut {
  const phone = PHONE.exec(message.text)?.[0];
  return { entity, ...(phone === undefined ? {} : { phone }), source: message.source };
}

/** Whom a message about behavioral health sends the asker to, as written. */
function administratorIn(message: StatedText): string | undefined {
  // the pattern of names is slow on long texts
  const text = message.text.slice(0, LONGEST_BEHAVIORAL);
  if (!textTells(text, 'behavioral')) return undefined;
  const capitals = text.toUpperCase();
  if (/\bNOT\s+(?:ADMINISTERED|MANAGED|HANDLED|CARVED)/.test(capitals)) return undefined;
  const found = ADMINISTERED_BY.exec(capitals) ?? CONTACT.exec(capitals);
  const name = found?.[1]?.trim();
  if (found === null || name === undefined || name.length < 2 || OWN_DEPARTMENT.test(name)) return undefined;
  const start = found.index + found[0].lastIndexOf(name);
  return text.slice(start, start + name.length);
}

function isPayerItself(
  party: { name: string; id?: string },
  payer: AnsweringPayer,
  planNames: readonly string[],
): boolean {
  if (party.id !== undefined && party.id === payer.id) return true;
  const name = bare(party.name);
  const own = bare(payer.name ?? '');
  if (name === own) return true;
  if (tells([party.name], 'behavioral')) return false;
  const related = own !== '' && (name.startsWith(own) || own.startsWith(name));
  return related || planNames.some((plan) => bare(plan).startsWith(name));
}

function bare(name: string): string {
  return name.toUpperCase().replace(/[^A-Z0-9]/g, '');
}
