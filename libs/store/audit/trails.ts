import { installationChain } from '@openvob/access';
import type { EntityManager } from 'typeorm';
import type { Database } from '../database';

/** The tables of a chain. */
export interface Trail {
  readonly entries: string;
  readonly seals: string;
  readonly waiting: string;
  /** The role that may read the lines, where the application may only add to them. */
  readonly readAs?: string;
}

const ofFacility: Trail = { entries: 'audit_entry', seals: 'audit_seal', waiting: 'audit_unsealed' };

const ofInstallation: Trail = {
  entries: 'installation_audit_entry',
  seals: 'installation_audit_seal',
  waiting: 'installation_audit_unsealed',
  readAs: 'openvob_upkeep',
};

/** A line in the words of the chain: each part as text, so that a hash comes out the same wherever it is worked out. */
export const lineColumns = `id::text AS "entryId", to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at,
  actor_kind AS "actorKind", actor_id AS "actorId", action, subject_id AS "subjectId", detail::text AS detail`;

/** Runs `work` in one transaction that sees this chain and no other. */
export function inChain<T>(
  database: Database,
  chain: string,
  work: (manager: EntityManager, trail: Trail) => Promise<T>,
): Promise<T> {
  if (chain === installationChain) return database.directory.transaction((manager) => work(manager, ofInstallation));
  return database.inFacility(chain, ({ manager }) => work(manager, ofFacility));
}
