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
];
