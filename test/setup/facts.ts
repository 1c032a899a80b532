import { readFileSync } from 'node:fs';

/** What the global setup tells the suites. */
export interface Facts {
  /** Superuser's URL of a database that no suite should use. */
  readonly superuserUrl: string;
  /** The application role's URL of the template database. */
  readonly applicationUrl: string;
  readonly redisUrl?: string;
  readonly redisPid?: number;
}

/** Migrated once a run, copied for each suite. */
export const templateDatabase = 'openvob_template';
export const factsVariable = 'OPENVOB_TEST_FACTS';

/** @throws Error when the suite does not run in the integration project */
export function readFacts(): Facts {
  const path = process.env[factsVariable];
  if (!path)
    throw new Error('No servers to test against: name the suite *.int.spec.ts, so that the global setup runs.');
  return JSON.parse(readFileSync(path, 'utf8')) as Facts;
}
