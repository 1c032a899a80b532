import { codeTable } from './code-table';
import type { Rejection, RejectionClass } from './snapshot';

interface RejectionRule {
  readonly class: RejectionClass;
  readonly advice: string;
}

/**
 * What each reject reason (AAA03, code list 901) means for whoever asked, and what to do next.
 * Source: reference/benefits.md 1.11.
 */
const RULES = codeTable<RejectionRule>({
  '04': rule(
    'transient',
    'The payer got more inquiries than it takes at once. Ask again later with fewer patients a call.',
  ),
  '15': rule('request', 'The payer misses required data. Complete the request and send it again.'),
  '33': rule('request', 'The payer found an error in the request. Correct it and send it again.'),
  '35': rule('business', "The patient is out of the payer's network. Call the payer before admission."),
  '41': rule('configuration', 'We are not authorized to ask this payer. Complete the enrollment with it.'),
  '42': rule('transient', 'The payer cannot answer right now. The question will be asked again.'),
  '43': rule(
    'provider_enrollment',
    "The payer does not accept the provider's identifier. Check the NPI and its registration with the payer.",
  ),
  '44': rule(
    'provider_enrollment',
    "The payer does not accept the provider's name. Check the name under which the NPI is registered with the payer.",
  ),
  '45': rule(
    'provider_enrollment',
    "The payer does not accept the provider's specialty. Check the taxonomy code registered with the payer.",
  ),
  '46': rule(
    'provider_enrollment',
    "The payer does not accept the provider's phone number. Correct it in the provider record.",
  ),
  '47': rule(
    'provider_enrollment',
    "The payer does not accept the provider's state. Correct it in the provider record.",
  ),
  '48': rule('provider_enrollment', "The payer does not accept the referring provider's identifier. Check it."),
  '49': rule('business', "The provider is not the patient's primary care provider. Call the payer about a referral."),
  '50': rule(
    'provider_enrollment',
    "The provider is not eligible to ask this payer. Enroll the provider, or ask with the group's NPI.",
  ),
  '51': rule(
    'provider_enrollment',
    "The provider is not on file with the payer. Enroll the provider, or ask with the group's NPI.",
  ),
  '52': rule('business', "The service date is outside of the provider's enrollment with the payer. Call the payer."),
  '53': rule(
    'business',
    'The benefit does not fit the provider type. Ask again for the health plan as a whole (service type 30).',
  ),
  '54': rule('request', 'The procedure qualifier is not accepted. Ask by service type instead of by procedure.'),
  '55': rule('request', 'The procedure is not accepted. Ask by service type instead of by procedure.'),
  '56': rule(
    'date',
    "The date is not appropriate. Ask again with today's date and keep the admission date for a second check.",
  ),
  '57': rule('date', "The service date is missing or not accepted. Ask again with today's date."),
  '58': rule('member_data', 'The date of birth is missing or not accepted. Ask the patient for it.'),
  '60': rule('date', 'The date of birth is after the service date. Check both dates.'),
  '61': rule('date', 'The date of death is before the service date. Check the patient and the dates.'),
  '62': rule('date', "The service date is outside of what the payer answers. Ask again with today's date."),
  '63': rule(
    'date',
    "The service date is in the future and the payer answers up to today. Ask with today's date now and again on the first of the month of admission.",
  ),
  '64': rule('member_data', "The patient's identifier is missing or not accepted. Read it from the card again."),
  '65': rule('member_data', "The patient's name is missing or not accepted. Write it exactly as on the card."),
  '66': rule('member_data', "The patient's sex is missing or not accepted. Check it, or leave it out."),
  '67': rule(
    'member_data',
    'The payer does not find the patient. Check name, date of birth and member id against the card.',
  ),
  '68': rule(
    'member_data',
    'The payer has the patient twice. Ask with more data: full name, date of birth and member id.',
  ),
  '69': rule('member_data', "The inquiry does not fit the patient's age. Check the date of birth."),
  '70': rule('member_data', "The inquiry does not fit the patient's sex. Check it, or leave it out."),
  '71': rule('member_data', 'The date of birth is not the one the payer has on file. Ask the patient.'),
  '72': rule(
    'member_data',
    'The member id is missing or not accepted. Read it from the card again, prefix and suffix included.',
  ),
  '73': rule('member_data', "The subscriber's name is missing or not accepted. Write it exactly as on the card."),
  '74': rule('member_data', "The subscriber's sex is missing or not accepted. Check it, or leave it out."),
  '75': rule(
    'member_data',
    'The payer does not find the subscriber. Check name, date of birth, member id and whether this is the right payer.',
  ),
  '76': rule(
    'member_data',
    'The member id belongs to more than one subscriber. Ask with more data: full name and date of birth.',
  ),
  '77': rule(
    'member_data',
    "The subscriber is found but not this patient. Check the patient's name, date of birth and relationship.",
  ),
  '78': rule('member_data', 'The subscriber is not in the group or plan named. Check the group number on the card.'),
  '79': rule(
    'configuration',
    'The payer does not know the participant identifier. Check the payer id and the connection.',
  ),
  '80': rule('transient', "The payer's system did not answer in time. The question will be asked again."),
  '97': rule(
    'provider_enrollment',
    "The payer does not accept the provider's address. Correct it in the provider record.",
  ),
  '98': rule('business', 'The payer takes the service for experimental. Call the payer.'),
  AA: rule('business', 'The authorization number is not found. Check it with the payer.'),
  AE: rule('business', 'The service needs authorization by the primary care provider. Get a referral.'),
  AF: rule('business', 'The diagnosis is missing or not accepted. Call the payer with the diagnosis.'),
  AG: rule(
    'request',
    'The procedure and the request do not fit each other. Ask by service type instead of by procedure.',
  ),
  AO: rule('business', 'The payer needs more medical information. Call the payer.'),
  CI: rule('business', 'The certification does not fit the patient. Check the authorization with the payer.'),
  E8: rule('business', 'The payer wants a medical review first. Call the payer.'),
  IA: rule('business', 'The authorization number has the wrong form. Check it.'),
  MA: rule('business', 'The authorization number is missing. Add it or call the payer.'),
  T4: rule('configuration', "The payer's name or identifier is missing. Check the payer id and the connection."),
});

/** An unknown code is shown to staff: nothing is known that could be done without them. */
const UNKNOWN = rule('business', 'The payer rejected the inquiry with a code that is not on the list. Call the payer.');

/** Of codes that are no reject reasons: the request was at fault, in the words of another list. */
export const REQUEST_FAULT = rule(
  'request',
  'The payer refused the request. Correct it as its error code says and send it again.',
);

/** What AAA04 adds. Source: reference/benefits.md 1.11, STEDI-889. */
const FOLLOW_UP_ADVICE = codeTable<string>({
  N: 'The same inquiry may not be sent again.',
  P: 'The payer asks for the original inquiry again.',
  R: 'The inquiry may be sent again.',
  S: 'Do not send it again: the payer asks a third party and will answer.',
  W: 'Wait 30 days before sending it again.',
  X: 'Wait 10 days before sending it again.',
  Y: 'Do not send it again: the payer holds the inquiry and will answer.',
});

/** Follow-ups after which the payer answers by itself. */
const HELD = new Set(['S', 'Y']);

/** True for a code of the list. */
export function isRejectReason(code: string): boolean {
  return RULES[code] !== undefined;
}

/**
 * Class and advice of a rejection among the other codes of the same answer: 79 beside 42 is the payer's outage, and
 * follow-up S or Y is always `do_not_resend`.
 */
export function classifyRejection(
  code: string,
  followUp: string | undefined,
  otherCodes: readonly string[],
): Pick<Rejection, 'class' | 'advice'> {
  const duringOutage = code === '79' && otherCodes.includes('42');
  const found = RULES[duringOutage ? '42' : code] ?? UNKNOWN;
  const more = FOLLOW_UP_ADVICE[followUp ?? ''];
  return {
    class: HELD.has(followUp ?? '') ? 'do_not_resend' : found.class,
    advice: more === undefined ? found.advice : `${found.advice} ${more}`,
  };
}

function rule(rejectionClass: RejectionClass, advice: string): RejectionRule {
  return { class: rejectionClass, advice };
}
