import { type ChainFindings, type SignedHead, verifyChain } from '@openvob/access';
import { ConfigError, readDatabaseUrl, systemClock } from '@openvob/platform';
import { AuditWalk, Database } from '@openvob/store';
import { UsageError } from './usage';

interface Asked {
  heads: readonly SignedHead[];
  key?: string;
  facility?: string;
}

/** Walks the chains of the database that the environment names. @param demonstrationFile where a demonstration keeps its URL */
export async function findingsIn(demonstrationFile: string, { heads, key, facility }: Asked): Promise<ChainFindings[]> {
  const database = await Database.open({
    url: urlOf(demonstrationFile),
    poolSize: 2,
    applicationName: 'openvob-audit',
  });
  try {
    const walk = new AuditWalk(database);
    const chains = (await walk.chains()).filter((chain) => facility === undefined || chain === facility);
    const findings: ChainFindings[] = [];
    for (const chain of chains)
      findings.push(
        await verifyChain({
          chain,
          links: walk.links(chain),
          notLinked: await walk.notLinked(chain, systemClock.now()),
          heads,
          publicKey: key,
        }),
      );
    return findings;
  } finally {
    await database.close();
  }
}

function urlOf(demonstrationFile: string): string {
  try {
    return readDatabaseUrl(demonstrationFile);
  } catch (thrown) {
    if (thrown instanceof ConfigError) throw new UsageError(thrown.faults.join('; '), { cause: thrown });
    throw thrown;
  }
}
