import { faultsOfConnection } from '@openvob/payers';
import { type ConnectionChange, datedFaults, type RecordFault } from '@openvob/payers/directory';
import { newId } from '@openvob/platform';
import type { PayerConnection } from '@openvob/verification';
import type { EntityManager } from 'typeorm';
import type { Database } from '../database';
import { PayerConnectionRow } from '../entities';
import { blankConnection, type ChangeTools, changedConnection, changedSettings } from './connection-change';
import { type Editor, editing, writeChange } from './directory-trail';
import { connectionOf, openCredentials } from './payer-connections';
import { lockPayer } from './payer-edits';

/** A connection as people see it: of its credentials the names alone. */
export interface ShownConnection extends Omit<PayerConnectionRow, 'credentials' | 'agreedInFlight'> {
  /** Names of the credentials that are there; what they hold is never given out. */
  credentials: string[];
  /** Somebody agreed upon `maxInFlight`; else it is the protocol's. */
  isLimitAgreed: boolean;
}

/** What an edit came to. */
export type EditedConnection =
  | { kind: 'done'; connection: ShownConnection }
  | { kind: 'unknown' }
  | { kind: 'faulty'; faults: RecordFault[] };

export interface ConnectionPlace {
  payerId: string;
  connectionId: string;
}

/** Adds and changes connections; one that could not be asked over is refused, naming the setting. */
export class ConnectionEdits {
  constructor(
    private readonly database: Database,
    private readonly tools: ChangeTools,
  ) {}

  /** Every connection of a payer in order of preference, those out of use last. */
  async list(payerId: string): Promise<ShownConnection[]> {
    const rows = await this.database.directory.find(PayerConnectionRow, {
      where: { payerId },
      order: { disabledAt: { direction: 'ASC', nulls: 'FIRST' }, preference: 'ASC', id: 'ASC' },
    });
    return rows.map((row) => this.shown(row));
  }

  /** Adds a connection, the least preferred unless it says otherwise. */
  add(payerId: string, change: ConnectionChange, editor: Editor, now: Date): Promise<EditedConnection> {
    return editing(this.database, editor, async (manager) => {
      if (!(await lockPayer(manager, payerId))) return { kind: 'unknown' };
      const last = await manager.maximum(PayerConnectionRow, 'preference', { payerId });
      const before = blankConnection(newId('con', now), payerId, (last ?? 0) + 1);
      return this.write(manager, { before, change, editor, action: 'connection.added' }, now);
    });
  }

  /** Changes a connection; what stays the same leaves no line. */
  change(place: ConnectionPlace, change: ConnectionChange, editor: Editor, now: Date): Promise<EditedConnection> {
    return editing(this.database, editor, async (manager) => {
      await lockPayer(manager, place.payerId);
      const before = await manager.findOneBy(PayerConnectionRow, { id: place.connectionId, payerId: place.payerId });
      if (!before) return { kind: 'unknown' };
      return this.write(manager, { before, change, editor, action: 'connection.changed' }, now);
    });
  }

  private async write(manager: EntityManager, edit: ConnectionEdit, now: Date): Promise<EditedConnection> {
    const { before, change, editor, action } = edit;
    const row = changedConnection(before, change, this.tools, now);
    const faults = faultsOf(row, this.tools);
    if (faults.length > 0) return { kind: 'faulty', faults };
    const fields = changedSettings(before, row, change);
    if (fields.length > 0) {
      await manager.save(PayerConnectionRow, row);
      await writeChange(manager, editor, { action, payerId: row.payerId, connectionId: row.id, fields }, now);
    }
    return { kind: 'done', connection: this.shown(row) };
  }

  private shown(row: PayerConnectionRow): ShownConnection {
    const { agreedInFlight, ...rest } = row;
    return { ...rest, isLimitAgreed: agreedInFlight !== null, credentials: this.credentialNames(row) };
  }

  /** A row whose credentials cannot be opened is shown all the same: somebody has to mend it. */
  private credentialNames(row: PayerConnectionRow): string[] {
    try {
      return Object.keys(openCredentials(this.tools.cipher, row)).sort();
    } catch {
      return ['(cannot be opened)'];
    }
  }
}

interface ConnectionEdit {
  before: PayerConnectionRow;
  change: ConnectionChange;
  editor: Editor;
  action: string;
}

/** Why a connection could not be kept or asked over: a pointer to each setting, with its remedy. One out of use need not be fit to be asked over. */
export function faultsOf(row: PayerConnectionRow, tools: ChangeTools): RecordFault[] {
  return [...datedFaults(row), ...(row.disabledAt === null ? faultsInUse(row, tools) : [])];
}

function faultsInUse(row: PayerConnectionRow, { cipher, adapters }: ChangeTools): RecordFault[] {
  const connection = openedConnection(cipher, row);
  if (!connection)
    return [
      {
        pointer: '/credentials',
        code: 'malformed',
        detail: 'cannot be opened with the keys at hand: give them anew or bring the key back',
      },
    ];
  return faultsOfConnection(connection, adapters).map((fault) => {
    const [place = '', ...remedy] = fault.split(': ');
    const [setting = ''] = place.split(' ');
    return { pointer: `/${setting.replaceAll('.', '/')}`, code: 'malformed', detail: remedy.join(': ') };
  });
}

/** Undefined when its credentials cannot be opened; what the cipher says of that may quote them. */
function openedConnection(cipher: ChangeTools['cipher'], row: PayerConnectionRow): PayerConnection | undefined {
  try {
    return connectionOf(cipher, row);
  } catch {
    return undefined;
  }
}
