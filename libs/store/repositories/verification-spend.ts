import type { VerificationSpend } from '@openvob/results';
import { untakenSends } from '@openvob/verification';
import type { FacilityTransaction } from '../database';
import { FacilityRow } from '../entities';

interface SpendRow {
  round: number;
  position: number;
  payer: string;
  costCents: number | null;
  sends: number;
  whys: (string | null)[];
  takenAt: Date | null;
  answeredAt: Date | null;
}

const query = `
SELECT i.round, i.coverage_position AS position, p.name AS payer, i.cost_cents AS "costCents", i.sends, i.answered_at AS "takenAt",
  ARRAY(SELECT CASE a.kind WHEN 'unavailable' THEN a.why END FROM answer a WHERE a.inquiry_id = i.id) AS whys,
  CASE WHEN i.reused_from IS NOT NULL THEN (SELECT max(received_at) FROM answer a WHERE a.inquiry_id = i.id) END AS "answeredAt"
FROM inquiry i JOIN payer p ON p.id = i.payer_id WHERE i.verification_id = $1 ORDER BY i.recorded_at, i.id`;

/**
 * What the inquiries of a verification cost so far by the price of their connections, all rounds, every sending counted that the payer may have taken; and
 * the answers of a round that were not paid for anew.
 *
 * @param round the one whose answers are shown
 */
export async function spendOf(
  tx: FacilityTransaction,
  verificationId: string,
  round: number,
): Promise<VerificationSpend> {
  const rows = await tx.manager.query<SpendRow[]>(query, [verificationId]);
  const priced = rows.filter((row): row is SpendRow & { costCents: number } => row.costCents !== null);
  const cost =
    priced.length > 0
      ? {
          costCents: priced.reduce(
            (sum, row) => sum + row.costCents * (row.sends - untakenSends(row.sends, row.whys)),
            0,
          ),
        }
      : {};
  const reused = rows.flatMap(({ position, payer, takenAt, answeredAt, ...row }) =>
    answeredAt && takenAt && row.round === round ? [{ position, payer, takenAt, answeredAt }] : [],
  );
  if (reused.length === 0) return cost;
  const { timeZone } = await tx.manager.findOneByOrFail(FacilityRow, { id: tx.facilityId });
  return { ...cost, reused: reused.map((one) => ({ ...one, timeZone })) };
}
