import type { Snapshot } from '@openvob/benefits';
import { inItsPlace } from '@openvob/coverage';
import { isSameFirstName, isSameLastName } from '@openvob/payers';
import { unsaidIn } from './conclude';
import { isMisconfigured, type Way } from './connection-choice';
import type { AnsweredInquiry } from './next-inquiry';
import type { FacilityRate, RecordedInquiry } from './ports';
import { nothingRecorded } from './recorded';
import { inquiriesAbout, type RunInProgress, spentCents, type Target, underWayOn } from './run-in-progress';
import { variationOf } from './variation';

/**
 * What a payer answered about the patient so far, in the order in which it was asked. That a connection is set up wrongly is no answer while another one
 * is left to be asked over.
 */
export function answersOf(run: RunInProgress, target: Target, ways: readonly Way[]): AnsweredInquiry[] {
  const rows = inquiriesAbout(run, target);
  const answered: AnsweredInquiry[] = [];
  for (const row of rows) {
    if (row.state !== 'answered' || (row.answer?.kind !== 'benefits' && row.answer?.kind !== 'rejected')) continue;
    if (isMisconfigured(row) && hasOtherWay(row, rows, ways)) continue;
    const { id, serviceType } = row;
    const one = { id, serviceType, variation: variationOf(row.variation), snapshot: row.answer.snapshot };
    answered.push(isSomebodyElse(one, run) ? { ...one, snapshot: asNotFound(one.snapshot, answered[0]) } : one);
  }
  return answered;
}

function hasOtherWay(asked: RecordedInquiry, rows: readonly RecordedInquiry[], ways: readonly Way[]): boolean {
  const same = rows.filter((row) => row.serviceType === asked.serviceType && row.variation === asked.variation);
  return ways.some(
    ({ connection }) => !isMisconfigured(same.find(({ connectionId }) => connectionId === connection.id)),
  );
}

/** Asked for by id and birth date alone, a payer may give a twin: then nobody was found. */
function isSomebodyElse({ variation, snapshot }: AnsweredInquiry, { claim }: RunInProgress): boolean {
  if (variation.person !== 'id_and_birth_date' || snapshot.outcome !== 'benefits') return false;
  const { firstName, lastName } = claim.request.patient;
  const { patient } = snapshot;
  const sameFirst = isSameFirstName(firstName, patient.firstName, { birthDateAgrees: true });
  return sameFirst === false || isSameLastName(lastName, patient.lastName) === false;
}

function asNotFound(snapshot: Snapshot, first: AnsweredInquiry | undefined): Snapshot {
  return { ...snapshot, outcome: 'rejected', rejections: first?.snapshot.rejections ?? [] };
}

/** What a snapshot of this payer leaves unsaid; where several payers are asked, its own benefits count whatever place it has among them. */
export function unsaidOf(
  { position, payer }: Target,
  run: RunInProgress,
  rates: readonly FacilityRate[],
): (snapshot: Snapshot) => readonly string[] {
  const { claim, plan, startDate, today } = run;
  const { admission, coverages } = claim.request;
  const isOneOfSeveral = coverages.length > 1 || position >= coverages.length;
  return (said) => {
    const snapshot = isOneOfSeveral ? inItsPlace(said) : said;
    const answer = { position, payerId: payer.id, payerName: payer.name, snapshot };
    return unsaidIn({
      ...{ admission, plan, startDate, today, answeredOn: today, underWayOn: underWayOn(run) },
      ...{ answers: [answer], rates, recorded: nothingRecorded },
    });
  };
}

function isUnheard({ sends, untaken }: RecordedInquiry): boolean {
  return sends === untaken;
}

/** True when one more inquiry over this way would cost more than may be spent; the first to a payer is never too dear. */
export function costsTooMuch(
  run: RunInProgress,
  target: Target,
  { connection }: Way,
  mostCents: number | undefined,
): boolean {
  if (mostCents === undefined || inquiriesAbout(run, target).every(isUnheard)) return false;
  return spentCents(run) + (connection.costCents ?? 0) > mostCents;
}
