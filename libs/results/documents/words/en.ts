import { en as goodFaith } from './en-good-faith';
import { en as patientEstimate } from './en-patient-estimate';
import { en as summary } from './en-summary';
import type { Words } from './words';

/** English. */
export const en: Words = {
  pageOf: { page: 'Page', of: 'of' },
  common: {
    patient: 'Patient',
    birthDate: 'Date of birth',
    memberId: 'Member ID',
    program: 'Program',
    firstDay: 'First day',
    madeOn: 'Made on',
    reference: 'Reference',
    plan: 'Health plan',
    goodUntil: 'Good until',
    notKnown: 'not known',
    notGiven: 'not given',
    total: 'Total',
    to: (from, to) => `${from} to ${to}`,
    goodUntilReasons: {
      end_of_month: 'plans can change at the end of a month',
      benefit_period_reset: 'the plan’s year ends then',
      coverage_end: 'the coverage ends then',
      authorization_end: 'the approved days end then',
      program_end: 'the program ends then',
    },
    services: {
      iop_day: 'Program day',
      individual_therapy: 'One-on-one therapy',
      family_therapy: 'Family therapy',
      medication_management: 'Visit about medicine',
      medication: 'Medicine',
      assessment: 'First assessment',
    },
    weekdays: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
    questionsTitle: 'Questions?',
    callUs: (phone, hours) =>
      phone === undefined ? 'Ask us at the front desk.' : `Call us at ${phone}${hours ? ` (${hours})` : ''}.`,
  },
  privacy: {
    title: 'Your privacy',
    plain: ['The law protects facts about your care. No one may pass them on unless you or the law allow it.'],
    noticeTitle: 'Notice under 42 CFR Part 2',
    consentTitle: 'Consent on file',
    signedOn: 'Signed on',
    endsOn: 'Ends on',
    noEnd: 'no end date; it can be taken back in writing at any time',
    scope: 'What it allows',
    scopes: {
      treatment_payment_operations:
        'use and sharing of the records for treatment, payment and health care operations, with treating providers, health plans, other payers and people who help to run the program',
      this_payer: 'sharing with the health plan named here alone, to check benefits and get paid',
    },
    noConsent: 'No consent is on file.',
  },
  patientEstimate,
  goodFaith,
  summary,
};
