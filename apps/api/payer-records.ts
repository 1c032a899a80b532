import type { Principal } from '@openvob/access';
import { personVariations } from '@openvob/payers';
import {
  type PayerRecord,
  type Read,
  type RecordFault,
  readConnectionChange,
  readNewConnection,
  readNewPayer,
  readPayerChange,
} from '@openvob/payers/directory';
import { type Clock, type Log, Problem } from '@openvob/platform';
import type {
  ConnectionEdits,
  ConnectionPlace,
  Edited,
  EditedConnection,
  KeptPayer,
  ListedChange,
  PayerEdits,
  ShownConnection,
} from '@openvob/store';
import { operatorOf } from './actor';

export interface PayerRecordsParts {
  payerEdits: PayerEdits;
  connectionEdits: ConnectionEdits;
  clock: Clock;
  log: Log;
}

/** What people look at and change in the payer directory. */
export class PayerRecords {
  constructor(private readonly parts: PayerRecordsParts) {}

  /** @throws Problem `not_found` */
  async read(id: string): Promise<object> {
    const payer = await this.parts.payerEdits.read(id);
    if (!payer) throw new Problem('not_found');
    return presentPayer(payer);
  }

  /** @throws Problem `validation_failed`, `wrong_state` when the id is taken */
  async add(caller: Principal, body: unknown): Promise<PayerRecord & { id: string }> {
    const { payerEdits, clock } = this.parts;
    return this.told(await payerEdits.add(usable(readNewPayer(body)), operatorOf(caller), clock.now()), caller);
  }

  /** @throws Problem `not_found`, `validation_failed` */
  async change(caller: Principal, id: string, body: unknown): Promise<object> {
    const { payerEdits, clock } = this.parts;
    return this.told(
      await payerEdits.change(id, usable(readPayerChange(body)), operatorOf(caller), clock.now()),
      caller,
    );
  }

  /** @throws Problem `not_found` */
  async withdraw(caller: Principal, id: string): Promise<void> {
    const { payerEdits, clock } = this.parts;
    this.told(await payerEdits.withdraw(id, operatorOf(caller), clock.now()), caller);
  }

  /** @throws Problem `not_found` */
  async changes(id: string): Promise<object> {
    await this.read(id);
    return { items: (await this.parts.payerEdits.changes(id)).map(presentChange) };
  }

  /** @throws Problem `not_found` */
  async connections(id: string): Promise<object> {
    await this.read(id);
    return { items: (await this.parts.connectionEdits.list(id)).map(presentConnection) };
  }

  /** @throws Problem `not_found`, `validation_failed` naming the setting */
  async addConnection(caller: Principal, payerId: string, body: unknown): Promise<{ id: string }> {
    const { connectionEdits, clock } = this.parts;
    const change = usable(readNewConnection(body, personVariations));
    return this.connected(await connectionEdits.add(payerId, change, operatorOf(caller), clock.now()), caller);
  }

  /** @throws Problem `not_found`, `validation_failed` naming the setting */
  async changeConnection(caller: Principal, place: ConnectionPlace, body: unknown): Promise<object> {
    const { connectionEdits, clock } = this.parts;
    const change = usable(readConnectionChange(body, personVariations));
    return this.connected(await connectionEdits.change(place, change, operatorOf(caller), clock.now()), caller);
  }

  private told(edited: Edited, { id: by }: Principal): PayerRecord & { id: string } {
    switch (edited.kind) {
      case 'unknown':
        throw new Problem('not_found');
      case 'taken':
        throw new Problem('wrong_state', {
          detail: 'There is a payer of this id: change that one, or choose another id.',
        });
      case 'faulty':
        throw refusal(edited.faults);
      case 'done':
        this.parts.log.info('payer.edited', { payerId: edited.payer.record.id, by });
        return presentPayer(edited.payer);
    }
  }

  private connected(edited: EditedConnection, { id: by }: Principal): { id: string } {
    switch (edited.kind) {
      case 'unknown':
        throw new Problem('not_found');
      case 'faulty':
        throw refusal(edited.faults);
      case 'done':
        this.parts.log.info('connection.edited', { connectionId: edited.connection.id, by });
        return presentConnection(edited.connection);
    }
  }
}

function usable<T>(read: Read<T>): T {
  if ('faults' in read) throw refusal(read.faults);
  return read.value;
}

function refusal(faults: readonly RecordFault[]): Problem {
  return new Problem('validation_failed', { fields: faults.slice(0, 50) });
}

function presentPayer({ record, createdAt, updatedAt, withdrawnAt }: KeptPayer): PayerRecord & { id: string } {
  return { ...record, createdAt, updatedAt, ...(withdrawnAt ? { withdrawnAt } : {}) } as PayerRecord & { id: string };
}

function presentConnection({ payerId: _, ...connection }: ShownConnection): { id: string } {
  return Object.fromEntries(Object.entries(connection).filter(([, value]) => value !== null)) as { id: string };
}

function presentChange({ id: _, payerId: __, ...change }: ListedChange): object {
  return change;
}
