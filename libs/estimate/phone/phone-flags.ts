import type { CaseFlag, CaseFlagCode } from '../flags/case-flag';
import type { BankCode } from './bank';
import type { CoverageWords } from './coverage-words';
import type { Statement } from './hear';
import { sourceOf } from './heard-snapshot';

/** What a representative said that changes no figure and that somebody has to know. */
interface Noted {
  readonly code: BankCode;
  /** Not there: whatever was said is told in its words. */
  readonly is?: string;
  readonly flag: CaseFlagCode;
  readonly text: string;
}

const SAID_BY_PHONE = { title: 'Said by the payer’s representative' };

const NOTED: readonly Noted[] = [
  {
    code: 'networks_count_for_each_other',
    is: 'yes',
    flag: 'networks_count_for_each_other',
    text: 'Amounts in and out of network count for each other; the estimate keeps them apart.',
  },
  {
    code: 'limit_shared_with_php',
    is: 'yes',
    flag: 'limit_shared_with_php',
    text: 'Days of partial hospitalization count for the same limit: ask how many were used there.',
  },
  {
    code: 'authorization_required',
    is: 'notice_only',
    flag: 'notice_of_admission',
    text: 'No authorization is needed, but the payer wants a notice of the admission.',
  },
  {
    code: 'grace_period',
    is: 'yes',
    flag: 'premium_unpaid',
    text: 'The coverage is in a grace period: claims may be held or taken back when the premium stays unpaid.',
  },
  {
    code: 'change_coming',
    is: 'yes',
    flag: 'plan_change_coming',
    text: 'A change of the plan is on file: verify again when it takes effect.',
  },
  {
    code: 'assignment_honored',
    is: 'to_patient',
    flag: 'check_to_patient',
    text: 'The payer sends its check to the patient: agree beforehand how it is handed on.',
  },
  {
    code: 'accreditation_needed',
    flag: 'accreditation_needed',
    text: 'The payer names what the facility must be:',
  },
  { code: 'exclusions', flag: 'exclusions_named', text: 'The payer names exclusions:' },
  { code: 'virtual_modifier', flag: 'virtual_modifier', text: 'Virtual days are billed with:' },
  { code: 'anything_else', flag: 'would_stop_payment', text: 'The payer names what else would stop payment:' },
];

/** What to look at after a call, in the payer's words where a figure cannot hold it. */
export function phoneFlags(words: CoverageWords, coverage: number): CaseFlag[] {
  return NOTED.flatMap((noted) => {
    const said = saidOf(words, noted);
    if (!said) return [];
    const text = noted.is === undefined ? `${noted.text} ${said.value}` : noted.text;
    return [{ code: noted.flag, text, source: SAID_BY_PHONE, coverage, stated: [sourceOf(said.said)] }];
  });
}

function saidOf(words: CoverageWords, { code, is }: Noted): Statement<string> | undefined {
  const said = [...words.views, words.outOfNetwork.own].flatMap((heard) => heard.word(code) ?? []);
  return said.find(({ value }) => is === undefined || value === is);
}
