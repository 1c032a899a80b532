import type { Database } from '../database';
import { type Actor, writeAudit } from './audit';

/** What trying a connection came to, for the trail of whoever tried it. */
export interface TriedConnection {
  readonly connectionId: string;
  readonly works: string;
  readonly came: string;
}

export class ConnectionTrials {
  constructor(private readonly database: Database) {}

  record(facilityId: string, { connectionId, ...detail }: TriedConnection, actor: Actor, now: Date): Promise<void> {
    return this.database.inFacility(facilityId, (tx) =>
      writeAudit(tx, { actor, action: 'connection.tried', subjectId: connectionId, detail }, now),
    );
  }
}
