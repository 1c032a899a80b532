import { parse } from 'csv-parse/sync';
import { type Fields, readBody, refused } from './body';
import type { RateEntry, RateFault } from './rate-plan';

export const mostRates = 2000;
/** A line of a price list has some 100 characters. */
export const mostRateBytes = 512 * 1024;

const networks = ['in', 'out', 'self_pay'] as const;
const mostCents = 10_000_000;
const usualSource = { contract: 'your contract', own: 'your price list' } as const;

/** Columns of a price list; the first line names them, in any order. Amounts in dollars, dates YYYY-MM-DD. */
export const rateColumns = [
  ...['payer', 'network', 'code', 'allowed', 'charge', 'included_in', 'from', 'to', 'source'],
] as const;

/** An entry with the payer as it was named: an id, or a name. */
export type ReadRate = Omit<RateEntry, 'payerId'> & { readonly payer?: string };

/**
 * Reads prices out of a body `{ items }`.
 *
 * @throws Problem `validation_failed`
 */
export function readRatesBody(body: unknown): ReadRate[] {
  return readBody(body, (fields) => {
    fields.only('items');
    return fields.list('items', mostRates, readRate);
  });
}

function readRate(fields: Fields): ReadRate {
  fields.only('payer', 'network', 'code', 'allowedCents', 'chargeCents', 'includedIn', 'from', 'to', 'source');
  const payer = fields.text('payer', 120);
  const network = fields.choice('network', networks, 'needed') ?? 'in';
  const code = codeAt(fields, 'code', 'needed') ?? '';
  const bounds = { least: 0, most: mostCents };
  const allowedCents = fields.whole('allowedCents', bounds, 'needed') ?? 0;
  const chargeCents = fields.whole('chargeCents', bounds);
  const includedIn = codeAt(fields, 'includedIn');
  const from = fields.date('from');
  const to = fields.date('to');
  const source = fields.text('source', 200) ?? (payer ? usualSource.contract : usualSource.own);
  if (from && to && to < from) fields.fault('to', 'out_of_range', 'must not lie before from');
  if (payer && network === 'self_pay')
    fields.fault('payer', 'out_of_range', 'is left out: people who pay for themselves have no payer');
  return {
    ...(payer ? { payer } : {}),
    ...{ network, code, allowedCents, source },
    ...(chargeCents === undefined ? {} : { chargeCents }),
    ...(includedIn ? { includedIn } : {}),
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
  };
}

function codeAt(fields: Fields, key: string, need?: 'needed'): string | undefined {
  const code = fields.text(key, 8, need)?.toUpperCase();
  if (code === undefined || /^[A-Z0-9]{3,8}$/.test(code)) return code;
  return fields.fault(key, 'malformed', 'must be a procedure or revenue code, e.g. H0015');
}

/**
 * Reads a price list as it is pasted out of a table or a file: columns apart by commas, tabs or semicolons.
 *
 * @returns entries in their lines' order, and what cannot be used by index of its entry
 * @throws Problem `validation_failed` for what is no table with these columns
 */
export function readRateFile(text: string): ReadRate[] {
  const rows = rowsOf(text);
  if (rows.length > mostRates)
    throw refused([{ pointer: '', code: 'too_many', detail: `may have ${mostRates} lines at most` }]);
  return readRatesBody({ items: rows.map(entryOf) });
}

function rowsOf(text: string): Record<string, string>[] {
  const [head = ''] = text.trimStart().split(/\r?\n/, 1);
  const delimiter = ['\t', ';', ','].find((one) => head.includes(one)) ?? ',';
  try {
    return parse(text, {
      columns: (names: string[]) => names.map((name) => name.trim().toLowerCase().replaceAll(/[ -]/g, '_')),
      bom: true,
      delimiter,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
    });
  } catch {
    // Its message quotes the line.
    throw refused([
      { pointer: '', code: 'malformed', detail: `must be a table with the columns ${rateColumns.join(', ')}` },
    ]);
  }
}

/** A line as an entry of the body; what cannot be read stays as it is, so that it is refused at its place. */
function entryOf(row: Readonly<Record<string, string>>): Record<string, unknown> {
  const { payer, network, code, allowed, charge, included_in: includedIn, from, to, source, ...unknown } = row;
  const given = {
    payer,
    network: networkOf(network),
    code,
    allowedCents: centsOf(allowed),
    chargeCents: centsOf(charge),
    includedIn,
    from,
    to,
    source,
    ...unknown,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== ''));
}

function networkOf(text: string | undefined): string | undefined {
  const word = text?.toLowerCase().replaceAll(/[ -]/g, '_').replace('_of_network', '').replace('_network', '');
  return word === 'self' || word === 'selfpay' ? 'self_pay' : word;
}

function centsOf(text: string | undefined): number | string | undefined {
  const plain = text?.replaceAll(/[$, ]/g, '');
  if (!plain) return undefined;
  return /^\d{1,7}(?:\.\d{1,2})?$/.test(plain) ? Math.round(Number(plain) * 100) : plain;
}

/** Faults as a body's: each at its entry and field. */
export function refusedRates(faults: readonly RateFault[]): ReturnType<typeof refused> {
  return refused(
    faults.map(({ index, field, code, detail }) => ({ pointer: `/items/${index}/${field}`, code, detail })),
  );
}
