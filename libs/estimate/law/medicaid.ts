import type { LawSource } from './law-source';

/** Each state designs and administers its own Medicaid; who owes what for which service varies among them. */
export const MEDICAID_OF_STATE: LawSource = {
  title: 'Out-of-Pocket Costs for Medicaid Beneficiaries (Congressional Research Service R43850, January 2015)',
  url: 'https://www.everycrsreport.com/files/20150107_R43850_52e8176b9e0b226cdba87366dfc0be94cb8e6c4d.html',
  readOn: '2026-11-21',
};
