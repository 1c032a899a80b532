import {
  type ComparedSum,
  compareRemittance,
  parseRemittance,
  type Remittance,
  type RemittanceComparison,
} from '@openvob/estimate';
import { Problem } from '@openvob/platform';
import type { NewRemittance, RemittanceContext } from '@openvob/store';
import { readBody, refused } from './body';

/** A remittance as it is kept: what was settled, and how it stands to the estimate of that day. */
export interface RemittanceContent {
  readonly remittance: Remittance;
  readonly comparison: RemittanceComparison;
}

const heads = ['kind', 'payerId', 'payerName', 'amends'];
const keys = {
  lines: [...heads, 'from', 'through', 'lines'],
  totals: [...heads, 'from', 'through', 'patientCents', 'allowedCents', 'paidCents', 'programDays'],
};
const lineKeys = [
  'serviceDate',
  'code',
  'chargeCents',
  'allowedCents',
  'deductibleCents',
  'copayCents',
  'coinsuranceCents',
  'nonCoveredCents',
  'paidCents',
  'patientCents',
  'otherPaidCents',
];
const mostLines = 5000;

export interface RemittanceBody {
  readonly amends?: string;
  /** As it was sent, of a known kind, with known fields alone. */
  readonly given: Readonly<Record<string, unknown>>;
}

/**
 * Reads the shape of a remittance: lines as an 835 has them, or totals. Its kind may be left out, it is told by its fields.
 *
 * @throws Problem `validation_failed`
 */
export function readRemittanceBody(body: unknown): RemittanceBody {
  return readBody(body, (fields) => {
    const stated = fields.choice('kind', ['lines', 'totals'] as const);
    const hasLines = typeof body === 'object' && body !== null && 'lines' in body;
    const kind = stated ?? (hasLines ? 'lines' : 'totals');
    fields.only(...keys[kind]);
    if (kind === 'lines') fields.list('lines', mostLines, (line) => line.only(...lineKeys));
    const amends = fields.text('amends', 60);
    return { given: { ...(body as object), kind }, ...(amends ? { amends } : {}) };
  });
}

/**
 * Holds a remittance against the estimate.
 *
 * @throws Problem `validation_failed`, `wrong_state` while there is no estimate
 */
export function readRemittance({ given, amends }: RemittanceBody, context: RemittanceContext): NewRemittance {
  const { estimate, payer, earlier } = context;
  if (amends !== undefined && !earlier.some(({ id }) => id === amends))
    throw refused([
      { pointer: '/amends', code: 'unknown_value', detail: 'must be the id of a remittance of this verification' },
    ]);
  const named = given.payerId === undefined && payer ? { payerId: payer.id, payerName: payer.name } : {};
  const parsed = parseRemittance({ ...named, ...given });
  if (!parsed.ok) {
    const { code, path, message } = parsed.error;
    throw refused([{ pointer: path, code: code === 'missing' ? 'required' : code, detail: message }]);
  }
  if (!estimate) throw new Problem('wrong_state', { detail: 'There is no estimate to hold a remittance against.' });
  const comparison = compareRemittance(estimate, parsed.remittance);
  const content: RemittanceContent = { remittance: parsed.remittance, comparison };
  return { content, sum: sumOf(comparison), ...(amends ? { amends } : {}) };
}

/** What the ledger of the payer counts: amounts and causes, no dates and no codes. */
function sumOf({ payerId, settledCents, differenceCents, causes }: RemittanceComparison): ComparedSum {
  return { payerId, settledCents, causes, ...(differenceCents === undefined ? {} : { differenceCents }) };
}
