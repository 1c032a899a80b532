import { part2Notice, presentKeptAnswer, presentVerification } from '@openvob/results';
import type { KeptAnswers, KeptResult, PatientRecord, PatientVerification } from '@openvob/store';
import { presentNote } from './note-service';
import { presentAttendance, presentAuthorization, presentCalls, presentRecords } from './present-records';

/** The exchanges of a verification as callers read them. */
export function presentAnswers({ answers, track, network, startDate }: KeptAnswers): Record<string, unknown>[] {
  const request = { track, network, setting: 'in_person' as const, ...(startDate ? { on: startDate } : {}) };
  return answers.map((answer) => presentKeptAnswer(answer, request));
}

/** Everything that is kept about a patient, to be given out, with the notice of 42 CFR 2.32. */
export function presentPatientRecord(
  { patientId, verifications, requests, disclosures }: PatientRecord,
  at: Date,
): object {
  return {
    notice: part2Notice,
    patientId,
    at: at.toISOString(),
    verifications: verifications.map(presentPatientVerification),
    requests,
    disclosures,
  };
}

function presentPatientVerification(kept: PatientVerification): object {
  const { view, results, request, consents, answers, calls, authorizations, attendance, remittances } = kept;
  return {
    verification: presentVerification(view),
    earlierResults: results.filter(({ resultOf }) => resultOf.round !== view.resultOf?.round).map(presentResult),
    request,
    consents,
    answers: presentAnswers(answers),
    calls: presentCalls(calls),
    authorizations: presentRecords(authorizations, presentAuthorization),
    attendance: presentAttendance(attendance),
    remittances: presentRecords(remittances, (content) => content),
    notes: kept.notes.map(presentNote),
    attachments: kept.attachments.map(({ id, kind, mediaType, bytes, addedAt }) => ({
      ...{ id, kind, mediaType, bytes, addedAt: addedAt.toISOString() },
      href: `/v1/verifications/${view.id}/attachments/${id}`,
    })),
  };
}

function presentResult({ resultOf: { round, at }, conclusion: { decision, estimate } }: KeptResult): object {
  return { round, at: at.toISOString(), ...(decision ? { decision } : {}), ...(estimate ? { estimate } : {}) };
}
