import { type EstimateCase, estimate, parseCase } from '@openvob/estimate';
import { todayIn } from '@openvob/platform';
import { withFirstDay } from '@openvob/programs';
import { buildGoodFaithEstimate, type GoodFaithFacts } from './build/good-faith-estimate';
import { buildPatientEstimate, type PatientEstimateFacts, type Wanted } from './build/patient-estimate';
import { buildSummary } from './build/summary';
import type { DocumentContent, DocumentKind } from './content';
import { type Dossier, notYet, patientNameOf, privacyOf } from './dossier';

/** What whoever hands it out enters for this document alone; it is not kept. */
export interface Entered {
  /** ICD-10-CM, of a Good Faith Estimate. */
  readonly diagnosisCodes?: readonly string[];
}

/**
 * A document about a verification.
 *
 * @throws Problem `wrong_state` while there is nothing to write on it, naming what is missing
 */
export function buildDocument(
  kind: DocumentKind,
  dossier: Dossier,
  wanted: Wanted,
  { diagnosisCodes = [] }: Entered = {},
): DocumentContent {
  switch (kind) {
    case 'summary':
      return buildSummary(resulting(dossier), wanted);
    case 'patient_estimate':
      return buildPatientEstimate(patientEstimateFacts(dossier), wanted);
    case 'good_faith_estimate':
      return buildGoodFaithEstimate({ ...goodFaithFacts(dossier), diagnosisCodes }, wanted);
  }
}

const ended: readonly string[] = ['inactive', 'not_found', 'failed'];

/** That a member was not found is a result too. */
function resulting(dossier: Dossier): Dossier {
  const { conclusion, status } = dossier.view;
  if (!conclusion?.decision && !ended.includes(status)) throw notYet('There is no result yet.');
  return dossier;
}

function patientEstimateFacts(dossier: Dossier): PatientEstimateFacts {
  const { view, facility, letterhead, today } = dossier;
  const { conclusion, payer, program, goodUntil, resultOf } = view;
  if (!conclusion?.estimate) throw notYet('There is no estimate yet.');
  const { basis, estimateCase } = conclusion;
  const patientName = patientNameOf(dossier);
  const open = view.needs.flatMap(({ questions = [] }) => questions.map(({ code }) => code));
  return {
    ...privacyOf(dossier),
    facilityName: facility.name,
    madeOn: today,
    estimate: conclusion.estimate,
    assumptionCodes: (basis?.assumptions ?? []).map(({ code }) => code),
    openCodes: open.filter((code) => code !== 'conflict'),
    conflictSwings: (basis?.conflicts ?? []).filter(({ isSettled }) => !isSettled).map(({ swingCents }) => swingCents),
    ...(letterhead ? { letterhead } : {}),
    ...(patientName ? { patientName } : {}),
    ...(program ? { programName: program.name } : {}),
    ...(payer ? { planName: payer.name } : {}),
    ...(resultOf ? { answeredOn: todayIn(facility.timeZone, resultOf.at) } : {}),
    ...(goodUntil ? { goodUntil: goodUntil.date } : {}),
    ...(view.reference ? { reference: view.reference } : {}),
    ...(estimateCase ? { estimateCase } : {}),
  };
}

/** Worked out from the program as it is planned and the prices for those who pay themselves, whatever a payer said. */
function goodFaithFacts(dossier: Dossier): GoodFaithFacts {
  const { facility, program, request, view, today, selfPayRates } = dossier;
  const patientName = patientNameOf(dossier);
  const { birthDate } = request.patient;
  if (!patientName || !birthDate) throw notYet('The patient’s name and date of birth are needed.');
  if (!program) throw notYet('The program is not known yet.');
  const startDate = view.startDate ?? request.admission.startDate ?? today;
  const plan = withFirstDay(program.plan, program.onFirstDay, startDate);
  const parsed = parseCase({ startDate, program: plan, rates: selfPayRates, coverages: [] } satisfies EstimateCase);
  if (!parsed.ok) {
    const missing = parsed.error.code === 'rate_missing';
    throw notYet(
      missing
        ? 'The facility has no self-pay price for a service of this program.'
        : 'The program cannot be worked out.',
    );
  }
  return {
    ...privacyOf(dossier),
    facilityName: facility.name,
    npi: facility.npi,
    letterhead: completeLetterhead(dossier),
    madeOn: today,
    patientName,
    birthDate,
    programName: program.name,
    plan: program.plan,
    estimate: estimate(parsed.case),
    ...(view.reference ? { reference: view.reference } : {}),
  };
}

/** What the law asks for on a Good Faith Estimate is not left blank. */
function completeLetterhead({ letterhead }: Dossier): GoodFaithFacts['letterhead'] {
  const { address, tin } = letterhead ?? {};
  if (!address || !tin)
    throw notYet(
      'A Good Faith Estimate names the facility’s address and tax id: an administrator sets them with PUT /v1/facility/letterhead.',
    );
  return { ...letterhead, address, tin };
}
