import { codeTable } from './code-table';
import { distinct } from './distinct';
import type { Findings } from './findings';
import { put } from './given';
import type { ReadRow } from './rows';
import type { Snapshot } from './snapshot';
import type { StatedEntity } from './statement';

type Entity = Snapshot['entities'][number];
type OtherPayer = Snapshot['otherPayers'][number];

/** Payers among the parties of an "other or additional payer" row (EB01 R); NM101 alone tells the order. */
const ORDERS = codeTable<OtherPayer['order']>({
  PR: 'unknown',
  P4: 'unknown',
  PRP: 'primary',
  SEP: 'secondary',
  TTP: 'tertiary',
});

/** Parties named beside benefits (loop 2120), those excepted that are other payers. A party without a name is reported. */
export function entitiesOf(rows: readonly ReadRow[], findings: Findings): Entity[] {
  const found: Entity[] = [];
  for (const row of rows) {
    for (const party of row.stated.entities) {
      if (isOtherPayer(row, party)) continue;
      if (party.name === undefined) {
        findings.report('info', 'entity_without_name', party.source, 'A party named beside a benefit has no name.');
      }
      const entity = entityOf(row, party);
      if (entity !== undefined) found.push(entity);
    }
  }
  return distinct(found);
}

/** Other payers (EB01 R): name from the party, else the plan text of the row; an R row without a payer counts as one. */
export function otherPayersOf(rows: readonly ReadRow[]): OtherPayer[] {
  const found: OtherPayer[] = [];
  for (const row of rows) if (row.stated.code === 'R') found.push(...otherPayersOfRow(row));
  return distinct(found);
}

/** The other payers of one row; none when it is no R row. */
export function otherPayersOfRow(row: ReadRow): OtherPayer[] {
  const { stated } = row;
  if (stated.code !== 'R') return [];
  const payers = stated.entities.filter((party) => isOtherPayer(row, party));
  const insured = stated.entities.find((party) => party.role === 'IL');
  if (payers.length === 0) return [otherPayer(stated.plan, memberIdOf(insured), 'unknown', stated.source)];
  return payers.map((payer) =>
    otherPayer(
      payer.name ?? stated.plan,
      memberIdOf(payer) ?? memberIdOf(insured),
      ORDERS[payer.role] ?? 'unknown',
      payer.source,
    ),
  );
}

/** A member id (NM109 with NM108 = MI). */
export function memberIdOf(party: StatedEntity | undefined): string | undefined {
  return party?.idQualifier === 'MI' ? party.id : undefined;
}

function isOtherPayer({ stated }: ReadRow, party: StatedEntity): boolean {
  return stated.code === 'R' && ORDERS[party.role] !== undefined;
}

function otherPayer(
  name: string | undefined,
  memberId: string | undefined,
  order: OtherPayer['order'],
  source: OtherPayer['source'],
): OtherPayer {
  const payer: OtherPayer = { order, source };
  put(payer, 'name', name);
  put(payer, 'memberId', memberId);
  return payer;
}

/** A party without a name is kept when there is anything else by which to reach or know it. */
function entityOf({ serviceTypes }: ReadRow, party: StatedEntity): Entity | undefined {
  const { role, name, phone, url, source } = party;
  if (name === undefined && phone === undefined && url === undefined && party.id === undefined) return undefined;
  const memberId = memberIdOf(party);
  const entity: Entity = { role, serviceTypes: [...serviceTypes], source };
  put(entity, 'name', name);
  put(entity, 'id', memberId === undefined ? party.id : undefined);
  put(entity, 'memberId', memberId);
  put(entity, 'phone', phone);
  put(entity, 'url', url);
  return entity;
}
