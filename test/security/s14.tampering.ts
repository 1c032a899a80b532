import {
  type ChainHead,
  HeadSigner,
  linkOn,
  type SignedHead,
  type TrailLine,
  verifyChain,
  type WalkedLink,
} from '@openvob/access';
import { AuditWalk, Database } from '@openvob/store';
import { Client } from 'pg';
import type { Installation } from '../setup/on-each-backend';

type Chain = WalkedLink[];

const chain = 'fac_a';
const signer = new HeadSigner(Buffer.alloc(32, 7));

/** A chain of at most so many links is tampered with at a time: each attempt is verified from the beginning. */
const mostLinks = 400;

/** What somebody with all rights on the database might do; `at` is a place in the chain. */
const attacks: readonly ((links: Chain, at: number) => Chain)[] = [
  (links, at) => edited(links, at, (line) => ({ ...line, actorId: 'per_nobody' })),
  (links, at) => edited(links, at, (line) => ({ ...line, at: line.at.replace('20', '19') })),
  (links, at) => edited(links, at, (line) => ({ ...line, detail: '{}' })),
  (links, at) => links.map((link, index) => (index === at ? withoutLine(link) : link)),
  (links, at) => links.filter((_link, index) => index !== at),
  (links, at) => swapped(links, at),
  (links, at) => rewritten(links.filter((_link, index) => index !== at)),
  (links, at) => rewritten(edited(links, at, (line) => ({ ...line, subjectId: 'ver_other' }))),
  (links, at) => rewritten(swapped(links, at)),
  (links, at) => links.slice(0, at),
  () => [],
];

/** Tampers with a chain in memory at places all over it; verified against one head that was exported before. */
export async function inMemory(where: Installation, count: number): Promise<{ tried: number; found: number }> {
  const links = (await chainOf(where)).slice(0, mostLinks);
  const heads = [headOf(links)];
  let found = 0;
  for (let tried = 0; tried < count; tried += 1) {
    const attack = attacks[tried % attacks.length];
    const at = Math.floor((tried * 7919) % Math.max(1, links.length - 1));
    const changed = attack?.(links, at) ?? links;
    found += (await faultsIn(changed, heads)) > 0 ? 1 : 0;
  }
  if ((await faultsIn(links, heads)) > 0) throw new Error('the chain was faulty before it was tampered with');
  return { tried: count, found };
}

function edited(links: Chain, at: number, change: (line: TrailLine) => TrailLine): Chain {
  return links.map((link, index) => (index === at && link.line ? { ...link, line: change(link.line) } : link));
}

function withoutLine({ position, entryId, hash }: WalkedLink): WalkedLink {
  return { position, entryId, hash };
}

/** The lines of two neighbours change places. */
function swapped(links: Chain, at: number): Chain {
  const [one, other] = [links[at], links[at + 1]];
  if (!one?.line || !other?.line) return [];
  const [first, second] = [
    { ...one, entryId: other.entryId, line: other.line },
    { ...other, entryId: one.entryId, line: one.line },
  ];
  return links.map((link, index) => (index === at ? first : index === at + 1 ? second : link));
}

/** All hashes anew, as the program itself would make them. */
function rewritten(links: Chain): Chain {
  const lines = links.flatMap(({ line }) => (line ? [line] : []));
  return linkOn(chain, undefined, lines).map((link, index) => {
    const line = lines[index];
    return { ...link, ...(line ? { line } : {}) };
  });
}

async function faultsIn(links: Chain, heads: readonly SignedHead[]): Promise<number> {
  const walk = { chain, links: each(links), notLinked: [], heads, publicKey: signer.publicKey };
  return (await verifyChain(walk)).faults.length;
}

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

function headOf(links: Chain): SignedHead {
  const last = links.at(-1);
  if (!last) throw new Error('the chain is empty');
  const head: ChainHead = {
    chain,
    position: last.position,
    hash: last.hash.toString('hex'),
    at: '2026-11-20T15:00:00.000Z',
  };
  return signer.sign(head);
}

async function chainOf({ applicationUrl }: Installation): Promise<Chain> {
  return withDatabase(applicationUrl, async (database) => {
    const links: Chain = [];
    for await (const link of new AuditWalk(database).links(chain)) links.push(link);
    return links;
  });
}

async function withDatabase<T>(url: string, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await Database.open({ url, poolSize: 2 });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/** The owner's way to tamper: the rule that nothing is changed is switched off first. Each is one that the next does not undo. */
const statements = [
  `UPDATE audit_entry SET actor_id = 'per_nobody' WHERE id = (SELECT entry_id FROM audit_seal WHERE facility_id = '${chain}' AND position = 2)`,
  `DELETE FROM audit_entry WHERE id = (SELECT entry_id FROM audit_seal WHERE facility_id = '${chain}' AND position = 4)`,
  `DELETE FROM audit_seal WHERE facility_id = '${chain}' AND position = 6`,
  `UPDATE audit_seal SET entry_id = entry_id + 1000000 WHERE facility_id = '${chain}' AND position = 8`,
  `DELETE FROM audit_seal WHERE facility_id = '${chain}' AND position > (SELECT max(position) - 2 FROM audit_seal WHERE facility_id = '${chain}')`,
] as const;

/** Tampers with the tables; each statement has to add a fault of its own. */
export async function inDatabase(where: Installation): Promise<{ tried: number; found: number }> {
  const head = headOf(await chainOf(where));
  const owner = new Client({ connectionString: where.ownerUrl });
  await owner.connect();
  try {
    await owner.query('SET session_replication_role = replica');
    let found = 0;
    for (const [index, statement] of statements.entries()) {
      await owner.query(statement);
      found += (await faultsNow(where, head)) > index ? 1 : 0;
    }
    return { tried: statements.length, found };
  } finally {
    await owner.end();
  }
}

function faultsNow({ applicationUrl }: Installation, head: SignedHead): Promise<number> {
  return withDatabase(applicationUrl, async (database) => {
    const links = new AuditWalk(database).links(chain);
    return (await verifyChain({ chain, links, notLinked: [], heads: [head] })).faults.length;
  });
}

/** The application role tries to change or remove what was recorded. */
export async function deniedChanges({ applicationUrl }: Installation): Promise<{ tried: number; refused: number }> {
  const client = new Client({ connectionString: applicationUrl });
  await client.connect();
  const tables = ['audit_entry', 'audit_seal', 'installation_audit_entry', 'installation_audit_seal'];
  const tried = tables.flatMap((table) => [
    `DELETE FROM ${table}`,
    `TRUNCATE ${table}`,
    `UPDATE ${table} SET ${table.endsWith('seal') ? `hash = hash` : `action = 'x'`}`,
    `ALTER TABLE ${table} DISABLE TRIGGER ALL`,
  ]);
  try {
    await client.query(`SET openvob.facility_id = '${chain}'`);
    let refused = 0;
    for (const statement of tried) refused += (await isRefused(client, statement)) ? 1 : 0;
    return { tried: tried.length, refused };
  } finally {
    await client.end();
  }
}

async function isRefused(client: Client, statement: string): Promise<boolean> {
  try {
    await client.query(statement);
    return false;
  } catch (error) {
    return (error as { code?: string }).code === '42501';
  }
}
