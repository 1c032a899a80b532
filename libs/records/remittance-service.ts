import { accuracyOf } from '@openvob/estimate';
import { type Clock, type Log, Problem } from '@openvob/platform';
import type { KeptRecord, KeptRemittance, RecordLists, RemittanceLedger } from '@openvob/store';
import { presentRecords } from './present-records';
import { type RemittanceContent, readRemittance, readRemittanceBody } from './read-remittance';
import { repeatOf, type Who } from './record-service';

export interface RemittanceParts {
  ledger: RemittanceLedger;
  lists: RecordLists;
  clock: Clock;
  log: Log;
}

/** After the fact: what payers settled, held against what was estimated. */
export class RemittanceService {
  constructor(private readonly parts: RemittanceParts) {}

  /**
   * Keeps a remittance with its comparison.
   *
   * @returns the record as JSON text, the same again for the same key
   * @throws Problem `not_found`, `validation_failed`, `unknown_payer`, `wrong_state`, `idempotency_key_reused`, `in_progress`
   */
  async record(who: Who, body: unknown, key: string | undefined): Promise<string> {
    const { ledger, clock, log } = this.parts;
    const read = readRemittanceBody(body);
    const repeat = key === undefined ? {} : { repeat: repeatOf(`remittance:${who.id}`, key, body) };
    const kept = await ledger.keep(
      { ...who, now: clock.now() },
      {
        ...repeat,
        read: (context) => readRemittance(read, context),
        respond: (record) => JSON.stringify(presentRecords([record as KeptRecord<RemittanceContent>], asIs)[0]),
      },
    );
    if (kept.kind === 'kept')
      log.info('record.kept', { kind: 'remittance', verificationId: who.id, facilityId: who.facilityId });
    return responseOf(kept);
  }

  async remittances(who: Who): Promise<object> {
    const records = await this.parts.lists.list<RemittanceContent>('remittance', who, this.parts.clock.now());
    if (!records) throw new Problem('not_found');
    return { items: presentRecords(records, asIs) };
  }

  /** How estimates for a payer came true in this facility. No patient data. */
  async accuracy({ facilityId, id, actor }: Who): Promise<object> {
    const found = await this.parts.ledger.sums(facilityId, id, actor, this.parts.clock.now());
    if (!found) throw new Problem('not_found');
    const [accuracy] = accuracyOf(found.sums);
    const none = { payerId: id, count: 0, withoutLikely: 0, hits: 0, withinTenPercent: 0, causes: [] };
    return { ...(accuracy ?? none), payerName: found.name };
  }
}

const asIs = (content: RemittanceContent): object => content;

function responseOf(kept: KeptRemittance): string {
  switch (kept.kind) {
    case 'kept':
    case 'repeated':
      return kept.response;
    case 'not_found':
      throw new Problem('not_found');
    case 'in_progress':
      throw new Problem('in_progress', { retryAfterSeconds: 1 });
    case 'key_reused':
      throw new Problem('idempotency_key_reused');
    case 'unknown_payer':
      throw new Problem('unknown_payer', {
        fields: [
          { pointer: '/payerId', code: 'unknown_payer', detail: 'is no payer of the directory: see GET /v1/payers' },
        ],
      });
  }
}
