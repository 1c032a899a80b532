import { part2Notice, presentKeptAnswer, presentVerification } from '@openvob/results';
import type { KeptAnswers, PatientRecord, PatientVerification } from '@openvob/store';
import { presentAttendance, presentAuthorization, presentCalls, presentRecords } from './present-records';

/** The exchanges of a verification as callers read them. */
export function presentAnswers({ answers, track, network, startDate }: KeptAnswers): Record<string, unknown>[] {
  const request = { track, network, setting: 'in_person' as const, ...(startDate ? { on: startDate } : {}) };
  return answers.map((answer) => presentKeptAnswer(answer, request));
}

/** Everything that is kept about a patient, to be given out, with the notice of 42 CFR 2.32. */
export function presentPatientRecord({ patientId, verifications, disclosures }: PatientRecord, at: Date): object {
  return {
    notice: part2Notice,
    patientId,
    at: at.toISOString(),
    verifications: verifications.map(presentPatientVerification),
    disclosures,
  };
}

function presentPatientVerification(kept: PatientVerification): object {
  const { view, request, consents, answers, calls, authorizations, attendance, remittances, attachments } = kept;
  return {
    verification: presentVerification(view),
    request,
    consents,
    answers: presentAnswers(answers),
    calls: presentCalls(calls),
    authorizations: presentRecords(authorizations, presentAuthorization),
    attendance: presentAttendance(attendance),
    remittances: presentRecords(remittances, (content) => content),
    attachments: attachments.map(({ id, kind, mediaType, bytes, addedAt }) => ({
      ...{ id, kind, mediaType, bytes, addedAt: addedAt.toISOString() },
      href: `/v1/verifications/${view.id}/attachments/${id}`,
    })),
  };
}
