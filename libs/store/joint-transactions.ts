import type { EntityTarget, FindOptionsWhere, ObjectLiteral } from 'typeorm';
import { In } from 'typeorm';
import type { Database, FacilityTransaction } from './database';
import { VerificationRow } from './entities';
import { Gathering, Turns } from './gathering';
import { GatheringManager } from './gathering-manager';

/**
 * A transaction that several verifications of a facility may share. What its manager is given to write in the same turn goes out by one statement a table:
 * whoever reads what he has written awaits it first.
 */
export interface JointTransaction extends FacilityTransaction {
  /** The verification, its row locked to the end. Several are locked in the order of their ids. */
  locked(verificationId: string): Promise<VerificationRow | undefined>;
  /** Rows of a table that belong to a verification. */
  rowsOf<Row extends OfVerification>(table: EntityTarget<Row>, verificationId: string): Promise<readonly Row[]>;
  /** What all who share the transaction need the same of: read once. */
  once<T>(what: string, read: () => Promise<T>): Promise<T>;
  /** What each of them wants of the same kind in the same turn: asked for together. */
  together<Wanted, Found>(
    what: string,
    wanted: Wanted,
    ask: (wanted: readonly Wanted[]) => Promise<readonly Found[]>,
  ): Promise<Found>;
}

type OfVerification = ObjectLiteral & { verificationId: string };

type Work<T> = (tx: JointTransaction) => Promise<T>;

/**
 * Where verifications stand, first who goes first. What leads to an inquiry goes before what follows from an answer, since the payer takes its time beside
 * ours; and in both who is furthest along, so that what came in one wave does not go out in one.
 */
const turns = ['sends', 'prepares', 'begins', 'ends', 'is_answered'] as const;

export type Turn = (typeof turns)[number];

/** Who has waited for so long goes before all who have not. */
const patienceMs = 5000;

interface Wanted {
  readonly verificationId: string | undefined;
  readonly rank: number;
  readonly since: number;
  readonly work: Work<unknown>;
  resolve(value: unknown): void;
  reject(reason: unknown): void;
}

const limits = { atOnce: 3, most: 64, besideAfterMs: 150 } as const;

/**
 * Work on verifications of one facility that is wanted at the same time shares a transaction: beginning, binding, locking and committing is paid once for
 * all. Where one fails nothing was done, and each is done again in a transaction of its own, so that a failure stays with whom it belongs to.
 */
export class JointTransactions {
  private readonly facilities = new Map<string, Gathering<Wanted>>();

  constructor(private readonly database: Database) {}

  /** As `Database.inFacility`. Two works on one verification never share a transaction. */
  inFacility<T>(of: { facilityId: string; verificationId?: string; turn: Turn }, work: Work<T>): Promise<T> {
    const { facilityId, verificationId } = of;
    return new Promise<T>((resolve, reject) => {
      const wanted = {
        verificationId,
        rank: turns.indexOf(of.turn),
        since: performance.now(),
        work,
        resolve: resolve as (value: unknown) => void,
        reject,
      };
      this.of(facilityId).add(wanted);
    });
  }

  private of(facilityId: string): Gathering<Wanted> {
    const known = this.facilities.get(facilityId);
    if (known) return known;
    const made = new Gathering<Wanted>(limits, (group) => this.run(facilityId, group), {
      apart: ({ verificationId }) => verificationId,
      rank: inTurn,
    });
    this.facilities.set(facilityId, made);
    return made;
  }

  private async run(facilityId: string, group: readonly Wanted[]): Promise<void> {
    try {
      if (group.length > 1) return await this.together(facilityId, group);
    } catch (error) {
      if (!(error instanceof OneFailed)) {
        for (const { reject } of group) reject(error);
        return;
      }
    }
    await Promise.all(group.map((wanted) => this.alone(facilityId, wanted)));
  }

  /** @throws OneFailed when nothing was done, anything else when that is not known */
  private async together(facilityId: string, group: readonly Wanted[]): Promise<void> {
    const results = await this.database.inFacility(facilityId, async (tx) => {
      const shared = new Sharing(tx);
      const settled = await Promise.allSettled(group.map(({ work }) => work(shared)));
      return settled.map((one) => {
        if (one.status === 'rejected') throw new OneFailed();
        return one.value;
      });
    });
    for (const [index, { resolve }] of group.entries()) resolve(results[index]);
  }

  private alone(facilityId: string, { work, resolve, reject }: Wanted): Promise<void> {
    return this.database.inFacility(facilityId, (tx) => work(new Sharing(tx))).then(resolve, reject);
  }
}

function inTurn({ rank, since }: Wanted): number {
  return performance.now() - since > patienceMs ? -1 : rank;
}

/** One of those who share a transaction failed before it was committed. */
class OneFailed extends Error {}

class Sharing implements JointTransaction {
  readonly facilityId: string;
  readonly manager: GatheringManager;
  private readonly known = new Map<string, Promise<unknown>>();
  private readonly turns = new Turns();

  constructor(tx: FacilityTransaction) {
    this.facilityId = tx.facilityId;
    this.manager = new GatheringManager(tx.manager);
  }

  locked(verificationId: string): Promise<VerificationRow | undefined> {
    return this.together('locked', verificationId, async (ids) => {
      const where = { id: In([...ids]) };
      const lock = { mode: 'pessimistic_write' } as const;
      const rows = await this.manager.find(VerificationRow, { where, order: { id: 'ASC' }, lock });
      const found = new Map(rows.map((row) => [row.id, row]));
      return ids.map((id) => found.get(id));
    });
  }

  rowsOf<Row extends OfVerification>(table: EntityTarget<Row>, verificationId: string): Promise<readonly Row[]> {
    return this.turns.together(table, verificationId, (ids: readonly string[]) => this.read(table, ids));
  }

  once<T>(what: string, read: () => Promise<T>): Promise<T> {
    const known = this.known.get(what) ?? read();
    this.known.set(what, known);
    return known as Promise<T>;
  }

  together<Wanted, Found>(
    what: string,
    wanted: Wanted,
    ask: (wanted: readonly Wanted[]) => Promise<readonly Found[]>,
  ): Promise<Found> {
    return this.turns.together(what, wanted, ask);
  }

  private async read<Row extends OfVerification>(table: EntityTarget<Row>, ids: readonly string[]): Promise<Row[][]> {
    const where = { verificationId: In([...ids]) } as FindOptionsWhere<Row>;
    const found = new Map<string, Row[]>();
    for (const row of await this.manager.find(table, { where })) {
      const of = found.get(row.verificationId);
      if (of) of.push(row);
      else found.set(row.verificationId, [row]);
    }
    return ids.map((id) => found.get(id) ?? []);
  }
}
