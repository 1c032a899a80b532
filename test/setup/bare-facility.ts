import type { Database } from '@openvob/store';

/** A facility with nothing in it, for suites of the store that put in rows by themselves. */
export async function putBareFacility(database: Database, facilityId: string, at: Date): Promise<void> {
  await database.inFacility(facilityId, ({ manager }) =>
    manager.query(
      `INSERT INTO facility (id, name, time_zone, npi, created_at) VALUES ($1, 'A', 'America/Denver', '1999999984', $2)`,
      [facilityId, at],
    ),
  );
}
