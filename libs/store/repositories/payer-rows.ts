import {
  foldingEdition,
  foldName,
  type PayerAdministrator,
  type PayerFacts,
  type PayerIdentifier,
  type PayerPhone,
  type PayerRecord,
} from '@openvob/payers/directory';
import { type EntityManager, In } from 'typeorm';
import { PayerAdministratorRow, PayerIdentifierRow, PayerNameRow, PayerPhoneRow, PayerRow } from '../entities';

/** A payer's rows as they are kept: the record, and when it was made, changed and withdrawn. */
export interface KeptPayer {
  readonly record: PayerRecord;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly withdrawnAt?: Date;
}

/** Everything about these payers, in the order of their ids; withdrawn ones included. */
export async function loadPayers(manager: EntityManager, ids: readonly string[]): Promise<KeptPayer[]> {
  const rows = await manager.find(PayerRow, { where: { id: In([...ids]) }, order: { id: 'ASC' } });
  const where = { payerId: In([...ids]) };
  const identifiers = await manager.find(PayerIdentifierRow, { where, order: { network: 'ASC', identifier: 'ASC' } });
  const phones = await manager.find(PayerPhoneRow, { where, order: { purpose: 'ASC', number: 'ASC' } });
  const administrators = await manager.find(PayerAdministratorRow, {
    where,
    order: { administratorId: 'ASC', state: 'ASC', planKind: 'ASC' },
  });
  const of = <T extends { payerId: string }>(all: readonly T[], id: string): T[] =>
    all.filter((one) => one.payerId === id);
  return rows.map((row) => ({
    record: {
      ...factsOf(row),
      identifiers: of(identifiers, row.id).map(identifierOf),
      phones: of(phones, row.id).map(phoneOf),
      administrators: of(administrators, row.id).map(administratorOf),
    },
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    ...(row.withdrawnAt === null ? {} : { withdrawnAt: row.withdrawnAt }),
  }));
}

/** Writes a payer's facts and the names that it is found by. */
export async function writeFacts(manager: EntityManager, facts: PayerFacts, now: Date): Promise<void> {
  const { id, name, aliases } = facts;
  const known = columnsOf(facts, now);
  const changed = await manager.update(PayerRow, { id }, known);
  if (changed.affected === 0) await manager.insert(PayerRow, { id, ...known, createdAt: now, withdrawnAt: null });
  await writeNames(manager, id, [name, ...aliases]);
}

function columnsOf(facts: PayerFacts, now: Date): Omit<PayerRow, 'id' | 'createdAt' | 'withdrawnAt'> {
  const { name, aliases, memberIdPrefixes, states } = facts;
  return {
    name,
    aliases: [...aliases],
    memberIdPrefixes: [...memberIdPrefixes],
    states: [...states],
    kind: facts.kind ?? null,
    portalUrl: facts.portalUrl ?? null,
    source: facts.source ?? null,
    asOf: facts.asOf ?? null,
    updatedAt: now,
  };
}

/** Adds payers that are not there yet, all at once. */
export async function insertPayers(manager: EntityManager, records: readonly PayerRecord[], now: Date): Promise<void> {
  if (records.length === 0) return;
  const payers = records.map((record) => ({
    id: record.id,
    ...columnsOf(record, now),
    createdAt: now,
    withdrawnAt: null,
  }));
  await manager.insert(PayerRow, payers);
  const rowsOf = <T>(rows: (record: PayerRecord) => readonly T[]): T[] => records.flatMap((record) => rows(record));
  await insertSome(
    manager,
    PayerNameRow,
    rowsOf(({ id, name, aliases }) => nameRows(id, [name, ...aliases])),
  );
  await insertSome(
    manager,
    PayerIdentifierRow,
    rowsOf(({ id, identifiers }) => identifiers.map((one) => identifierRow(id, one))),
  );
  await insertSome(
    manager,
    PayerPhoneRow,
    rowsOf(({ id, phones }) => phones.map((one) => phoneRow(id, one))),
  );
  await insertSome(
    manager,
    PayerAdministratorRow,
    rowsOf(({ id, administrators }) => administrators.map((one) => administratorRow(id, one))),
  );
}

/** PostgreSQL takes 65,535 parameters in one statement. */
const mostRowsAtOnce = 1_000;

async function insertSome<T extends object>(
  manager: EntityManager,
  entity: new () => T,
  rows: readonly T[],
): Promise<void> {
  for (let at = 0; at < rows.length; at += mostRowsAtOnce)
    await manager
      .createQueryBuilder()
      .insert()
      .into(entity)
      .values(rows.slice(at, at + mostRowsAtOnce) as never)
      .execute();
}

/** Puts the names of a payer, folded, in the place of those before. */
export async function writeNames(manager: EntityManager, payerId: string, names: readonly string[]): Promise<void> {
  await manager.delete(PayerNameRow, { payerId });
  await insertSome(manager, PayerNameRow, nameRows(payerId, names));
}

function nameRows(payerId: string, names: readonly string[]): PayerNameRow[] {
  return names.map((name, position) => {
    const folded = foldName(name);
    return { payerId, position, ...folded, words: [...folded.words], foldedBy: foldingEdition };
  });
}

export async function writeIdentifiers(
  manager: EntityManager,
  payerId: string,
  identifiers: readonly PayerIdentifier[],
): Promise<void> {
  await manager.delete(PayerIdentifierRow, { payerId });
  await insertSome(
    manager,
    PayerIdentifierRow,
    identifiers.map((one) => identifierRow(payerId, one)),
  );
}

export async function writePhones(
  manager: EntityManager,
  payerId: string,
  phones: readonly PayerPhone[],
): Promise<void> {
  await manager.delete(PayerPhoneRow, { payerId });
  await insertSome(
    manager,
    PayerPhoneRow,
    phones.map((phone) => phoneRow(payerId, phone)),
  );
}

export async function writeAdministrators(
  manager: EntityManager,
  payerId: string,
  administrators: readonly PayerAdministrator[],
): Promise<void> {
  await manager.delete(PayerAdministratorRow, { payerId });
  await insertSome(
    manager,
    PayerAdministratorRow,
    administrators.map((one) => administratorRow(payerId, one)),
  );
}

function identifierRow(payerId: string, one: PayerIdentifier): PayerIdentifierRow {
  return { ...one, payerId, enrollment: one.enrollment ?? null };
}

function administratorRow(payerId: string, one: PayerAdministrator): PayerAdministratorRow {
  const { administratorId, state, planKind, source, asOf } = one;
  return { payerId, administratorId, state: state ?? '', planKind: planKind ?? '', source, asOf };
}

function phoneRow(payerId: string, { purpose, number, hours, source, asOf }: PayerPhone): PayerPhoneRow {
  return {
    payerId,
    purpose,
    number,
    hours: hours === undefined ? null : [...hours.open],
    timeZone: hours?.timeZone ?? null,
    source: source ?? null,
    asOf: asOf ?? null,
  };
}

export function factsOf(row: PayerRow): PayerFacts {
  const { id, name, aliases, memberIdPrefixes, states } = row;
  return {
    id,
    name,
    aliases,
    memberIdPrefixes,
    states,
    ...(row.kind === null ? {} : { kind: row.kind }),
    ...(row.portalUrl === null ? {} : { portalUrl: row.portalUrl }),
    ...sourceOf(row),
  };
}

function identifierOf({ network, identifier, enrollment, source, asOf }: PayerIdentifierRow): PayerIdentifier {
  return { network, identifier, ...(enrollment === null ? {} : { enrollment }), source, asOf };
}

function phoneOf(row: PayerPhoneRow): PayerPhone {
  const { purpose, number, hours, timeZone } = row;
  return {
    purpose,
    number,
    ...(hours === null || timeZone === null ? {} : { hours: { timeZone, open: hours } }),
    ...sourceOf(row),
  };
}

export function administratorOf(row: PayerAdministratorRow): PayerAdministrator {
  const { administratorId, state, planKind, source, asOf } = row;
  return {
    administratorId,
    ...(state === '' ? {} : { state }),
    ...(planKind === '' ? {} : { planKind }),
    source,
    asOf,
  };
}

function sourceOf({ source, asOf }: { source: string | null; asOf: string | null }): {
  source?: string;
  asOf?: string;
} {
  return source === null || asOf === null ? {} : { source, asOf };
}
