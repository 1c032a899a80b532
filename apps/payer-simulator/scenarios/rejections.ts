import type { RejectionContent } from '../content';
import { activeFull } from './benefits';
import type { Scenario } from './scenario';

/** Nobody of that member id: 75 of a subscriber, 67 of a dependent. */
export const notFound: RejectionContent = {
  kind: 'rejection',
  level: 'patient',
  code: '75',
  dependentCode: '67',
  followUp: 'C',
};

/** The payer that was named does not exist. */
export const unknownPayer: RejectionContent = { kind: 'rejection', level: 'payer', code: '79', followUp: 'C' };

/** A real-time inquiry is about one person. */
export const tooManyPeople: RejectionContent = { kind: 'rejection', level: 'payer', code: '04', followUp: 'C' };

/** The inquiry holds no member id. */
export const memberIdMissing: RejectionContent = { kind: 'rejection', level: 'subscriber', code: '72', followUp: 'C' };

const busy: RejectionContent = { kind: 'rejection', level: 'payer', code: '42', followUp: 'R' };

export const rejectionScenarios: readonly Scenario[] = [
  { number: '006', id: 'not_found', title: 'Member not found (AAA 75; 67 of a dependent)', content: notFound },
  {
    number: '007',
    id: 'busy_twice',
    title: 'Cannot answer now (AAA 42), twice for each member id, then as 001',
    content: activeFull,
    atFirst: { times: 2, content: busy },
  },
  {
    number: '017',
    id: 'birth_date_mismatch',
    title: 'Birth date does not match (AAA 71)',
    content: { kind: 'rejection', level: 'patient', code: '71', followUp: 'C' },
  },
  {
    number: '018',
    id: 'provider_not_on_file',
    title: 'Provider not on file (AAA 51)',
    content: { kind: 'rejection', level: 'provider', code: '51', followUp: 'C' },
  },
  {
    number: '019',
    id: 'name_mismatch',
    title: 'Name does not match (AAA 73; 65 of a dependent)',
    content: { kind: 'rejection', level: 'patient', code: '73', dependentCode: '65', followUp: 'C' },
  },
  {
    number: '038',
    id: 'birth_date_on_file',
    title: 'Rejected (AAA 71) unless the birth date is 1990-05-17, then as 001',
    content: activeFull,
    rejection: {
      unless: { birthDate: '1990-05-17' },
      content: { kind: 'rejection', level: 'patient', code: '71', followUp: 'C' },
    },
  },
  {
    number: '039',
    id: 'name_on_file',
    title: 'Rejected (AAA 73; 65 of a dependent) unless the last name is Halloway, then as 001',
    content: activeFull,
    rejection: {
      unless: { lastName: 'Halloway' },
      content: { kind: 'rejection', level: 'patient', code: '73', dependentCode: '65', followUp: 'C' },
    },
  },
  {
    number: '040',
    id: 'enrollment_missing',
    title: 'Not authorized to ask: the enrollment with the payer is missing (AAA 41)',
    content: { kind: 'rejection', level: 'provider', code: '41', followUp: 'C' },
  },
  {
    number: '041',
    id: 'other_npi_on_file',
    title: 'Provider not eligible to ask (AAA 50) unless the NPI is 1999999976, then as 001',
    content: activeFull,
    rejection: {
      unless: { npi: '1999999976' },
      content: { kind: 'rejection', level: 'provider', code: '50', followUp: 'C' },
    },
  },
  {
    number: '045',
    id: 'no_future_dates',
    title: 'Rejects dates in the future (AAA 63), else as 001',
    content: activeFull,
    rejection: {
      unless: { notInFuture: true },
      content: { kind: 'rejection', level: 'patient', code: '63', followUp: 'C' },
    },
  },
  {
    number: '046',
    id: 'busy',
    title: 'Cannot answer now (AAA 42), every time',
    content: busy,
  },
  {
    number: '049',
    id: 'provider_id_invalid',
    title: 'Provider identification not valid (AAA 43)',
    content: { kind: 'rejection', level: 'provider', code: '43', followUp: 'C' },
  },
];
