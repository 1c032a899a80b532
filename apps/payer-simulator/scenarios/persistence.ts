import type { RejectionContent } from '../content';
import { activeFull, ppoFinancials } from './benefits';
import { active, activePlan, behavioral, plan } from './rows';
import type { Scenario } from './scenario';

const rejected = (code: string, followUp = 'C', dependentCode?: string): RejectionContent => ({
  kind: 'rejection',
  level: 'patient',
  code,
  followUp,
  ...(dependentCode === undefined ? {} : { dependentCode }),
});

const notFound = rejected('75', 'C', '67');
const withoutAmounts = plan(activePlan('PR'), active(behavioral), ...ppoFinancials);

/** Payers that answer well to whoever asks again in the right way; the numbers from 111 on are theirs. */
export const persistenceScenarios: readonly Scenario[] = [
  {
    number: '111',
    id: 'plain_names_alone',
    title: 'Not found with a middle name or a suffix, else as 001',
    content: activeFull,
    rejection: { unless: { hasPlainName: true }, content: notFound },
  },
  {
    number: '112',
    id: 'members_are_subscribers',
    title: 'Dependents are not found: every member is a subscriber, and then as 001',
    content: activeFull,
    rejection: { unless: { isSubscriber: true }, content: notFound },
  },
  {
    number: '113',
    id: 'id_and_birth_date_alone',
    title: 'Not found by any name; by member id and birth date alone as 001',
    content: activeFull,
    rejection: { unless: { isNameless: true }, content: notFound },
  },
  {
    number: '114',
    id: 'not_found_at_first',
    title: 'Not found, resubmission not allowed; the second time as 001',
    content: activeFull,
    atFirst: { times: 1, content: rejected('75', 'N', '67') },
  },
  {
    number: '115',
    id: 'not_found_for_good',
    title: 'Not found, resubmission not allowed, every time',
    content: rejected('75', 'N', '67'),
  },
  {
    number: '116',
    id: 'not_found_for_ten_days',
    title: 'Not found, to be asked again after ten days',
    content: rejected('75', 'X', '67'),
  },
  {
    number: '117',
    id: 'amounts_by_service_type',
    title: 'Of behavioral health the status alone; asked for CJ or MH everything, as 001',
    content: withoutAmounts,
    forServiceTypes: [{ types: ['CJ', 'MH'], content: activeFull }],
  },
  {
    number: '118',
    id: 'one_service_type_rejected',
    title: 'As 117, but AI is rejected (AAA 54) and CJ has the amounts',
    content: withoutAmounts,
    forServiceTypes: [
      { types: ['AI'], content: rejected('54') },
      { types: ['CJ'], content: activeFull },
    ],
  },
  {
    number: '119',
    id: 'down_for_service_types',
    title: 'Of behavioral health the status alone; asked for anything else, cannot answer now (AAA 42)',
    content: withoutAmounts,
    forServiceTypes: [{ types: ['AI', 'CJ', 'MH', 'CH', 'A8'], content: rejected('42', 'R') }],
  },
];
