import { type ChainFault, verifyChain } from '@openvob/access';
import type { FieldCipher } from '@openvob/platform';
import { AuditWalk } from '../audit/audit-walk';
import type { Database } from '../database';
import type { DataKeys } from '../keys/data-keys';
import { KeyRotation } from '../keys/rotation';
import { AdmissionRequests } from '../repositories/admission-requests';

const sampled = 20;

/** Decrypts the youngest verifications of every facility: whether the keys that are at hand are those of these rows. */
export async function provesReadable(
  database: Database,
  cipher: FieldCipher,
  keys: DataKeys,
): Promise<{ facilities: number; readable: number; unreadable: number }> {
  const requests = new AdmissionRequests(cipher);
  const owners = (await new KeyRotation({ database, cipher, keys }).owners()).slice(1);
  let readable = 0;
  let unreadable = 0;
  for (const facility of owners) {
    const ids = await database.plainly(facility, (manager) =>
      manager.query<{ id: string }[]>(
        'SELECT verification_id AS id FROM admission_request WHERE facility_id = $1 ORDER BY verification_id DESC LIMIT $2',
        [facility, sampled],
      ),
    );
    for (const { id } of ids)
      await database
        .inFacility(facility, (tx) => requests.load(tx, id))
        .then(
          () => {
            readable += 1;
          },
          () => {
            unreadable += 1;
          },
        );
  }
  return { facilities: owners.length, readable, unreadable };
}

/** Walks every audit chain from its beginning. @param at when the rows were as they are: lines that were young then need not be linked */
export async function provesUnbroken(
  database: Database,
  at: Date,
): Promise<{ chains: number; links: number; faults: ChainFault[] }> {
  const walk = new AuditWalk(database);
  const chains = await walk.chains();
  const faults: ChainFault[] = [];
  let links = 0;
  for (const chain of chains) {
    const notLinked = await walk.notLinked(chain, at);
    const found = await verifyChain({ chain, links: walk.links(chain), notLinked, heads: [] });
    links += found.links;
    faults.push(...found.faults);
  }
  return { chains: chains.length, links, faults };
}
