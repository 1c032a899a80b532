/** A code of the API in a person's words, with what it means on hover or focus. */
export interface Worded {
  readonly text: string;
  readonly means: string;
}

type Table = Readonly<Record<string, Worded>>;

const w = (text: string, means: string): Worded => ({ text, means });

const statuses: Table = {
  received: w('Received', 'Stored; a worker takes it up next.'),
  queued: w('In line', 'Waiting for a free worker, in order of deadline.'),
  asking_payer: w('Asking the payer', 'The payer was asked and has not answered yet.'),
  waiting_for_payer: w('Waiting for the payer', 'The payer is down or busy. It is asked again by itself.'),
  needs_information: w('Needs information', 'Something is missing or does not match. Correct it and it goes on.'),
  needs_consent: w(
    'Needs consent',
    'The patient’s written consent is needed before the payer may be asked (42 CFR Part 2).',
  ),
  needs_call: w('Needs a call', 'The payer left something unsaid that changes what the family owes.'),
  verified: w('Verified', 'Everything that moves the estimate is known.'),
  inactive: w('Not active', 'The payer says the coverage is not active on the first day.'),
  not_found: w('Member not found', 'The payer does not find this member. Check the card and correct it.'),
  failed: w('Could not be asked', 'A fault in the set-up or an unreadable answer. Operations were told.'),
  cancelled: w('Cancelled', 'Nothing more is asked.'),
};

const decisions: Table = {
  covered: w('Covered', 'The payer says that the program is covered.'),
  covered_with_conditions: w('Covered, with conditions', 'The payer covers the program when its conditions are met.'),
  not_covered: w('Not covered', 'The payer says that the program is not covered.'),
  carved_out: w(
    'Held by another company',
    'Behavioral health is managed by a company of its own, which has to be asked.',
  ),
  other_payer: w('Another payer comes first', 'The payer says that another insurance pays before it.'),
  unknown: w('Not said', 'The payer did not say whether the program is covered.'),
};

const conditions: Table = {
  authorization_required: w('approval needed first', 'The payer wants to approve the program before it begins.'),
};

const needs: Table = {
  information: w('Correct or complete', 'Something in the request is missing or does not match.'),
  consent: w('Get consent', 'Record the patient’s written consent.'),
  call: w('Call the payer', 'Ask by phone what the payer left unsaid.'),
  approval: w('Approve a call', 'What was said by phone counts once a supervisor has approved the call.'),
  sent_back: w('Amend a call', 'A supervisor sent the record of a call back: read why, and amend it.'),
  level_of_care_review: w('Clinical review', 'Answers at intake point to another level of care: a clinician decides.'),
};

const unknowns: Table = {
  behavioral_coverage: w('whether the program is covered', ''),
  cost_share: w('what the patient pays for a program day', ''),
  copay_unit: w('how often the copay is charged', ''),
  deductible: w('the deductible', ''),
  deductible_remaining: w('how much of the deductible is left', ''),
  out_of_pocket: w('the out-of-pocket maximum', ''),
  out_of_pocket_remaining: w('how much of the out-of-pocket maximum is left', ''),
  authorization: w('whether approval is needed', ''),
  network: w('whether the facility is in network', ''),
  tier: w('which tier the facility is in', ''),
  limits: w('how many days are left', ''),
  plan_year: w('when the plan year starts again', ''),
};

const goodUntil: Table = {
  end_of_month: w('coverage is checked month by month', 'Plans start and end with the month: ask again after it.'),
  benefit_period_reset: w(
    'the deductible starts again after it',
    'A new benefit period begins; amounts met start at zero.',
  ),
  coverage_end: w('the coverage ends', 'The payer gave this day as the last one.'),
  authorization_end: w('the approved days end', 'The last day that the payer has approved.'),
  program_end: w('the program ends', 'The last program day.'),
};

const reasons: Table = {
  payer_down: w('The payer does not answer at the moment', ''),
  payer_unavailable: w('The payer does not answer at the moment', ''),
  throttled: w('The payer is busy', ''),
  timed_out: w('The payer took too long', ''),
  deadline_passed: w('The payer did not answer in time', ''),
  information_missing: w('Something is missing', ''),
  consent_missing: w('No consent on file', ''),
  no_electronic_way: w('This payer is asked by phone', ''),
  benefits_incomplete: w('The payer left something unsaid', ''),
  member_not_found: w('The payer does not find this member', ''),
  no_live_consent: w('There is no consent on file that holds today', ''),
  consent_for_another_payer: w('The consent is for another payer alone', ''),
  payer_busy: w('The payer is asked as often as it lets us; this one has its turn soon', ''),
  payer_throttled: w('The payer wants to be asked less often', ''),
  payer_timeout: w('The payer’s answer came too late, or was lost on the way', ''),
  payer_pending: w('The payer has taken the question and answers later', ''),
  payer_paused: w('Operations have paused this payer', ''),
  payer_outage: w('The payer does not answer at the moment', ''),
  payer_outage_suspected: w('The payer turns everybody away just now: it seems to be down', ''),
  payer_reply_lost: w('The payer’s answer was lost on the way; it is looked up', ''),
  member_not_found_yet: w('The payer does not find this member; it is asked once more', ''),
  participant_unknown_yet: w('The payer does not know the number it was asked with; it is asked once more', ''),
  payer_not_found_yet: w('The payer does not know the question yet', ''),
  transient: w('The payer cannot answer now', ''),
  member_data: w('Something about the member does not match what the payer has', ''),
  provider_enrollment: w('The payer does not know the facility by this number', ''),
  configuration: w('Something in the set-up is wrong; operations were told', ''),
  enrollment_needed: w('The facility has to enroll with this payer before it may ask; operations were told', ''),
  request: w('The payer does not take a question like this', ''),
  date: w('The payer does not take this date', ''),
  business: w('The payer refused by a rule of its own', ''),
  do_not_resend: w('The payer wants no further question about this', ''),
  rejected_without_reason: w('The payer refused and gave no reason', ''),
  unreadable: w('The payer’s answer could not be read', ''),
  foreign: w('The payer answered about somebody else', ''),
  other_last_name: w('The payer answered about somebody of another last name', ''),
  carve_out_loop: w('Payers send to each other in circles: call', ''),
  carve_out_chain_too_long: w('Payers send on and on: call', ''),
  named_payer_turned_away: w('The payer that was named turned this away', ''),
  further_coverage_by_phone: w('A further insurance is asked by phone', ''),
  cost_limit: w('Asking on would cost more than is set for one verification', ''),
  internal_error: w('Something went wrong here; operations were told', ''),
  set_aside: w('It was set aside after it failed again and again; operations were told', ''),
};

const chainBecause: Table = {
  requested: w('on the request', 'The request names this payer.'),
  carve_out: w('holds behavioral health', 'It manages behavioral health for the payer before it.'),
  primary_payer: w('pays first', 'An answer says that it pays before the other one.'),
  holds_the_coverage: w('holds the coverage', 'An answer says that the coverage is really with this payer.'),
};

const chainIssues: Table = {
  unknown_payer: w('not in the directory', 'Nobody in the payer directory goes by this name.'),
  no_member_id: w('no member id', 'No member id for it is known.'),
  by_phone: w('only by phone', 'It has no electronic way.'),
  no_consent: w('no consent', 'The consent does not reach this payer.'),
  turned_away: w('turned away', 'It did not accept the inquiry.'),
  waiting: w('waiting', 'It has not answered yet.'),
  unanswered: w('no answer', 'It did not answer.'),
  loop: w('points back', 'It names a payer that was asked already.'),
  too_long: w('chain too long', 'More payers than are followed.'),
};

const serviceKinds: Table = {
  iop_day: w('Program day', 'A day of the intensive outpatient program.'),
  individual_therapy: w('Individual therapy', 'A session alone with a therapist.'),
  family_therapy: w('Family therapy', 'A session together with the family.'),
  medication_management: w('Medication visit', 'A visit about medication.'),
  medication: w('Medication', 'The medicine itself, such as an injection.'),
  assessment: w('Assessment', 'The intake assessment.'),
};

const procedures: Table = {
  H0015: w('H0015', 'Intensive outpatient program day, substance use (HCPCS).'),
  S9480: w('S9480', 'Intensive outpatient program day, mental health (HCPCS).'),
  90791: w('90791', 'Psychiatric assessment (CPT).'),
  90792: w('90792', 'Psychiatric assessment with medical services (CPT).'),
  90837: w('90837', 'Psychotherapy, 60 minutes (CPT).'),
  90834: w('90834', 'Psychotherapy, 45 minutes (CPT).'),
  90847: w('90847', 'Family psychotherapy, patient present (CPT).'),
  90853: w('90853', 'Group psychotherapy (CPT).'),
  99214: w('99214', 'Office visit, established patient (CPT).'),
  96372: w('96372', 'Injection given (CPT).'),
  J2315: w('J2315', 'Naltrexone, extended release, 1 mg (HCPCS).'),
};

const roles: Table = {
  coordinator: w('Coordinator', 'Works on verifications.'),
  supervisor: w('Supervisor', 'Works on verifications and looks after those of others.'),
  biller: w('Biller', 'Reads verifications, records approvals and attendance.'),
  ops: w('Operations', 'Looks after payers, connections and queues; sees no patients.'),
  auditor: w('Auditor', 'Reads everything, changes nothing.'),
  admin: w('Administrator', 'Looks after people and settings.'),
};

const priorities: Table = {
  caller_waiting: w('Caller waiting', 'Somebody is on the phone: asked before all others.'),
  today: w('Today', 'Needed today.'),
  routine: w('Routine', 'No hurry.'),
};

const relationships: Table = {
  self: w('Patient holds the policy', ''),
  spouse: w('Spouse', ''),
  child: w('Child', ''),
  other: w('Other', ''),
};

const networks: Table = {
  in: w('In network', 'The facility has a contract with the plan.'),
  out: w('Out of network', 'The facility has no contract with the plan.'),
  unknown: w('Not known yet', 'Both are worked out; the range covers both.'),
};

const outcomes: Table = {
  benefits: w('benefits', 'The payer answered with benefits.'),
  rejected: w('turned away', 'The payer did not take the question as it was asked.'),
  pending: w('later', 'The payer took the question and answers later.'),
  unavailable: w('no answer', 'Nothing that could be read came back.'),
  needs_human: w('by a person', 'The payer wants a person to ask.'),
  waiting: w('waiting', 'Nothing has come back yet.'),
};

const serviceTypes: Table = {
  30: w('the plan as a whole', 'Service type 30.'),
  A4: w('psychiatric care', 'Service type A4.'),
  A6: w('psychotherapy', 'Service type A6.'),
  A8: w('psychiatric outpatient care', 'Service type A8.'),
  AI: w('substance use', 'Service type AI.'),
  BB: w('partial hospitalization', 'Service type BB.'),
  CF: w('mental health, outpatient', 'Service type CF.'),
  CH: w('a mental health facility', 'Service type CH.'),
  CJ: w('a substance use facility', 'Service type CJ.'),
  MH: w('mental health', 'Service type MH.'),
};

const variations: Table = {
  without_middle_name: w('without middle name', 'Asked once more, since the payer did not find the name as it stands.'),
  dependent_as_subscriber: w('patient as policy holder', 'Some payers give each member an id of their own.'),
  id_and_birth_date: w('by id and birth date', 'Asked without names.'),
  second_npi: w('with the second NPI', 'The payer did not know the first.'),
  today: w('for today', 'The payer does not answer for a day in the future.'),
};

const rateNetworks: Table = {
  in: w('in network', 'What the payer allows by your contract.'),
  out: w(
    'out of network',
    'What plans usually allow where there is no contract; the charge above it is billed to the patient.',
  ),
  self_pay: w('self-pay', 'What people pay who use no insurance.'),
};

const vias: Table = {
  x12: w('electronically', 'By a 270/271 exchange.'),
  stedi: w('electronically', 'By a clearinghouse.'),
  fhir: w('electronically', 'By FHIR.'),
  phone: w('by phone', 'By a call.'),
  manual: w('by phone', 'By a call.'),
};

const authorizations: Table = {
  requested: w('Asked for', 'The payer has not decided yet.'),
  approved: w('Approved', 'The payer approved days.'),
  denied: w('Denied', 'The payer said no.'),
  not_required: w('Not needed', 'The payer wants no approval.'),
};

/** The tables by the name of what they explain. */
export const codes = {
  authorization: authorizations,
  chainBecause,
  chainIssue: chainIssues,
  condition: conditions,
  decision: decisions,
  goodUntil,
  need: needs,
  network: networks,
  outcome: outcomes,
  priority: priorities,
  procedure: procedures,
  rateNetwork: rateNetworks,
  reason: reasons,
  relationship: relationships,
  role: roles,
  serviceKind: serviceKinds,
  serviceType: serviceTypes,
  status: statuses,
  unknown: unknowns,
  variation: variations,
  via: vias,
} as const;

export type CodeTable = keyof typeof codes;

/** A code in words; one that no table knows is shown with its underscores taken out. */
export function worded(table: CodeTable, code: string): Worded {
  return (codes[table] as Table)[code] ?? { text: code.replaceAll('_', ' '), means: '' };
}

export const word = (table: CodeTable, code: string): string => worded(table, code).text;
