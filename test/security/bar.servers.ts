import { factsVariable } from '../setup/facts';
import { type Installation, inInstallation, withServices } from '../setup/on-each-backend';

/** Runs `work` over a migrated database of its own; starts the servers first where none run. */
export function overDatabase<T>(work: (where: Installation) => Promise<T>): Promise<T> {
  return withServers(() => inInstallation('PostgreSQL', work));
}

/** Runs `work` while the servers of the tests run. */
export function withServers<T>(work: () => Promise<T>): Promise<T> {
  return process.env[factsVariable] ? work() : withServices(work);
}
