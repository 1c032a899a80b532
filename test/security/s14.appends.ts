import { installationChain, verifyChain } from '@openvob/access';
import { FieldCipher, generateKeyRing, parseKeyRing } from '@openvob/platform';
import { AuditWalk, Database, FacilitySetup, StoredSeals, writeAudit, writeInstallationAudit } from '@openvob/store';
import type { Installation } from '../setup/on-each-backend';

export const facilities = ['fac_a', 'fac_b'] as const;
const writersAtOnce = 16;

/** Facilities whose trails are written to. */
export async function putFacilities(database: Database): Promise<void> {
  const setup = new FacilitySetup(database, new FieldCipher(parseKeyRing(generateKeyRing())));
  for (const id of facilities)
    await setup.put({ id, name: id, timeZone: 'America/New_York', npi: '1999999984' }, new Date());
}

/** One line, as a request would write it. */
export function writeLine(database: Database, index: number): Promise<void> {
  const actor = { kind: 'person', id: `per_${index % 7}` } as const;
  const line = { actor, action: 'verification.read', subjectId: `ver_${index}`, detail: { round: index } };
  const chain = [...facilities, installationChain][index % 3] ?? '';
  return chain === installationChain
    ? writeInstallationAudit(database.directory, line, new Date())
    : database.inFacility(chain, (tx) => writeAudit(tx, line, new Date()));
}

/** Writes lines from many connections at once while two sealers link them, then walks the chains. */
export async function appendTogether(
  { applicationUrl }: Installation,
  count: number,
): Promise<{ facilities: number; linked: number; faults: number }> {
  const database = await Database.open({ url: applicationUrl, poolSize: writersAtOnce });
  const sealers = await Promise.all([0, 1].map(() => Database.open({ url: applicationUrl, poolSize: 2 })));
  try {
    await putFacilities(database);
    let isWriting = true;
    const sealing = sealers.map((one) => sealWhile(new StoredSeals(one), () => isWriting));
    await writeAll(database, count);
    isWriting = false;
    await Promise.all(sealing);
    return { facilities: facilities.length, ...(await walked(database)) };
  } finally {
    await Promise.all([database, ...sealers].map((one) => one.close()));
  }
}

async function writeAll(database: Database, count: number): Promise<void> {
  let next = 0;
  const writer = async (): Promise<void> => {
    while (next < count) {
      next += 1;
      await writeLine(database, next - 1);
    }
  };
  await Promise.all(Array.from({ length: writersAtOnce }, writer));
}

async function sealWhile(seals: StoredSeals, goesOn: () => boolean): Promise<void> {
  for (;;) {
    const isLast = !goesOn();
    for (const chain of await seals.waiting()) await seals.seal(chain, new Date());
    if (isLast && (await seals.waiting()).length === 0) return;
  }
}

async function walked(database: Database): Promise<{ linked: number; faults: number }> {
  const walk = new AuditWalk(database);
  let [linked, faults] = [0, 0];
  for (const chain of await walk.chains()) {
    const later = new Date(Date.now() + 3_600_000);
    const notLinked = await walk.notLinked(chain, later);
    const found = await verifyChain({ chain, links: walk.links(chain), notLinked, heads: [] });
    linked += found.links;
    faults += found.faults.length;
  }
  return { linked, faults };
}
