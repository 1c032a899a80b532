import type { Source } from '@openvob/benefits';
import type { Adapter } from '@openvob/payers';
import { shownText } from '@openvob/results';
import type { PayerEdits } from '@openvob/store';
import { directoryPayer, type PayerDirectory, type ToCall } from '@openvob/verification';
import type { PayerContact, PhoneLine } from './call-sheet';
import { contactOf } from './payer-contact';
import { telephone } from './telephone';

export interface RingParts {
  readonly directory: PayerDirectory;
  /** Everything that the directory says of a payer. */
  readonly payerFacts: Pick<PayerEdits, 'read'>;
  readonly adapters: ReadonlyMap<string, Adapter>;
}

/** No company is called by more. */
const longestName = 120;

/** How each of them is reached and what it is rung for, each once. */
export async function contactsOf(parts: RingParts, called: readonly ToCall[], now: Date): Promise<PayerContact[]> {
  const contacts = await Promise.all(called.map((one) => contactFor(parts, one, now)));
  return contacts.filter(
    ({ payer }, index) => contacts.findIndex((other) => keyOf(other.payer) === keyOf(payer)) === index,
  );
}

function keyOf({ id, name }: PayerContact['payer']): string {
  return id ?? name.toUpperCase();
}

async function contactFor(parts: RingParts, called: ToCall, now: Date): Promise<PayerContact> {
  const told = toldLine(called);
  const payer = await knownPayer(parts.directory, called);
  const contact = payer
    ? await reached(parts, { payer, told }, now)
    : { payer: { name: nameOf(called.name) }, phones: told ? [told] : [] };
  const ringFor = purposeOf(called);
  return { ...contact, ...(ringFor ? { ringFor } : {}) };
}

async function knownPayer(
  directory: PayerDirectory,
  { payerId, name, reference }: ToCall,
): Promise<{ id: string; name: string } | undefined> {
  if (payerId === undefined) return directoryPayer(directory, { name, ...(reference ? { id: reference } : {}) });
  return (await directory.byId(payerId)) ?? { id: payerId, name };
}

async function reached(
  { directory, payerFacts, adapters }: RingParts,
  { payer, told }: { payer: { id: string; name: string }; told: PhoneLine | undefined },
  now: Date,
): Promise<PayerContact> {
  const kept = await payerFacts.read(payer.id);
  const connections = await directory.connectionsOf(payer.id);
  const byHand = connections.find(({ adapter }) => !adapters.get(adapter)?.capabilities.electronic);
  return contactOf({ payer, told, byHand, record: kept?.withdrawnAt ? undefined : kept?.record }, now);
}

function toldLine({ told, because }: ToCall): PhoneLine | undefined {
  const number = told ? telephone(told.phone) : undefined;
  if (!told || !number) return undefined;
  const label = because === 'carve_out' ? 'behavioral health' : 'main';
  return { label, number, source: sourceText(told.source, told.by) };
}

function sourceText({ call, segment }: Source, by: string): string {
  if (call) return nameOf(`${by} by phone on ${call.date}, reference ${call.reference}`);
  const place = segment === undefined ? '' : `, segment ${segment}`;
  return `${nameOf(by)}’s answer${place}`;
}

/** What it is rung for, where there is more than one to ring about a coverage. */
function purposeOf({ because, of = 'the plan', behavioralHealth }: ToCall): string | undefined {
  if (because === 'carve_out')
    return `behavioral health of ${nameOf(of)}: what is covered, what the patient pays, limits, authorization`;
  if (because === 'primary_payer') return `the coverage that pays before ${nameOf(of)}`;
  if (behavioralHealth === 'in_a_circle')
    return 'who holds behavioral health: each of the two says that the other does';
  if (behavioralHealth === 'elsewhere')
    return 'the plan itself: whether it is in force, its deductible and out-of-pocket maximum';
  return undefined;
}

function nameOf(text: string): string {
  return [...shownText(text)].slice(0, longestName).join('');
}
