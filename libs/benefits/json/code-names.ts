/**
 * Codes by the names that JSON answers write in place of them. Names are compared in capitals without punctuation, so that
 * `Co-Payment`, `CO_PAYMENT` and `co payment` are one. Names: X12 005010 code lists; Stedi v3 and 2026-06-01.
 */
type Names = Readonly<Record<string, string>>;

/** Code list 1390 (EB01). */
export const BENEFIT_CODES: Names = names({
  1: 'Active Coverage',
  2: 'Active Full Risk Capitation',
  3: 'Active Services Capitated',
  4: 'Active Services Capitated to Primary Care Physician|Active Services Capitated to Primary Care Provider',
  5: 'Active Pending Investigation',
  6: 'Inactive',
  7: 'Inactive Pending Eligibility Update',
  8: 'Inactive Pending Investigation',
  A: 'Co Insurance|Coinsurance',
  B: 'Co Payment|Copayment|Copay',
  C: 'Deductible',
  CB: 'Coverage Basis',
  D: 'Benefit Description',
  E: 'Exclusions|Exclusion',
  F: 'Limitations|Limitation',
  G: 'Out of Pocket Stop Loss|Out of Pocket|Out of Pocket Maximum',
  H: 'Unlimited',
  I: 'Non Covered',
  J: 'Cost Containment',
  K: 'Reserve',
  L: 'Primary Care Provider',
  M: 'Pre existing Condition',
  MC: 'Managed Care Coordinator',
  N: 'Services Restricted to Following Provider',
  O: 'Not Deemed a Medical Necessity|Not Deemed Medical Necessity',
  P: 'Benefit Disclaimer',
  Q: 'Second Surgical Opinion Required',
  R: 'Other or Additional Payor|Other or Additional Payer',
  S: 'Prior Years History|Prior Year s History',
  T: 'Cards Reported Lost Stolen|Card s Reported Lost Stolen|Card Reported Stolen',
  U: 'Contact Following Entity for Eligibility or Benefit Information|Contact Following Entity for Information',
  V: 'Cannot Process',
  W: 'Other Source of Data',
  X: 'Health Care Facility',
  Y: 'Spend Down',
});

/** Code list 1207 (EB02). */
export const LEVEL_CODES: Names = names({
  CHD: 'Children Only',
  DEP: 'Dependents Only',
  ECH: 'Employee and Children',
  EMP: 'Employee Only',
  ESP: 'Employee and Spouse',
  FAM: 'Family',
  IND: 'Individual',
  SPC: 'Spouse and Children',
  SPO: 'Spouse Only',
});

/** EB12. */
export const NETWORK_CODES: Names = names({
  Y: 'Yes|In Network|In',
  N: 'No|Out of Network|Out',
  W: 'Not Applicable|In and Out of Network',
  U: 'Unknown',
});

/** EB11. */
export const AUTHORIZATION_CODES: Names = names({ Y: 'Yes|Required', N: 'No|Not Required', U: 'Unknown' });

/** Code list 615 (EB06, HSD05). */
export const PERIOD_CODES: Names = names({
  6: 'Hour',
  7: 'Day',
  13: '24 Hours',
  21: 'Years',
  22: 'Service Year',
  23: 'Calendar Year',
  24: 'Year to Date',
  25: 'Contract',
  26: 'Episode',
  27: 'Visit',
  28: 'Outlier',
  29: 'Remaining',
  30: 'Exceeded',
  31: 'Not Exceeded',
  32: 'Lifetime',
  33: 'Lifetime Remaining',
  34: 'Month',
  35: 'Week',
  36: 'Admission',
});

/** Code list 673 (EB09, HSD01). */
export const QUANTITY_CODES: Names = names({
  '8H': 'Minimum',
  99: 'Quantity Used',
  CA: 'Covered Actual',
  CE: 'Covered Estimated',
  D3: 'Number of Co insurance Days',
  DB: 'Deductible Blood Units',
  DY: 'Days',
  FL: 'Units',
  HS: 'Hours',
  LA: 'Life time Reserve Actual',
  LE: 'Life time Reserve Estimated',
  M2: 'Maximum',
  MN: 'Month',
  P6: 'Number of Services or Procedures',
  QA: 'Quantity Approved',
  S7: 'Age High Value',
  S8: 'Age Low Value',
  VS: 'Visits',
  YY: 'Years',
});

/** Code list 355 as HSD03 uses it. */
export const DELIVERY_UNIT_CODES: Names = names({
  DA: 'Days',
  MO: 'Months|Month',
  VS: 'Visit|Visits',
  WK: 'Week',
  YR: 'Years',
});

/** Code list 98 (NM101). */
export const ROLE_CODES: Names = names({
  13: 'Contracted Service Provider',
  '1I': 'Preferred Provider Organization PPO|Preferred Provider Organization',
  '1P': 'Provider',
  '2B': 'Third Party Administrator',
  36: 'Employer',
  73: 'Other Physician',
  FA: 'Facility',
  GP: 'Gateway Provider',
  GW: 'Group',
  I3: 'Independent Physicians Association IPA|Independent Physicians Association',
  IL: 'Insured or Subscriber',
  LR: 'Legal Representative',
  OC: 'Origin Carrier',
  P3: 'Primary Care Provider',
  P4: 'Prior Insurance Carrier',
  P5: 'Plan Sponsor',
  PR: 'Payer',
  PRP: 'Primary Payer',
  SEP: 'Secondary Payer',
  TTP: 'Tertiary Payer',
  VER: 'Party Performing Verification',
  VN: 'Vendor',
  VY: 'Organization Completing Configuration Change',
  X3: 'Utilization Management Organization',
  Y2: 'Managed Care Organization',
});

/** Code list 1336 (EB04), those that JSON answers spell out. */
export const PRODUCT_CODES: Names = names({
  12: 'Medicare Secondary Working Aged Beneficiary or Spouse with Employer Group Health Plan',
  13: 'Medicare Secondary Endstage Renal Disease Beneficiary in the Mandated Coordination Period with an Employers Group Health Plan',
  14: 'Medicare Secondary Nofault Insurance Including Auto is Primary',
  15: 'Medicare Secondary Workers Compensation',
  16: 'Medicare Secondary Public Health Service PHS or Other Federal Agency',
  41: 'Medicare Secondary Black Lung',
  42: 'Medicare Secondary Veterans Administration',
  43: 'Medicare Secondary Disabled Beneficiary Under Age 65 with Large Group Health Plan LGHP',
  47: 'Medicare Secondary Other Liability Insurance is Primary',
  AP: 'Auto Insurance Policy',
  C1: 'Commercial',
  CO: 'Consolidated Omnibus Budget Reconciliation Act COBRA',
  CP: 'Medicare Conditionally Primary',
  D: 'Disability',
  DB: 'Disability Benefits',
  EP: 'Exclusive Provider Organization',
  FF: 'Family or Friends',
  GP: 'Group Policy',
  HM: 'Health Maintenance Organization HMO',
  HN: 'Health Maintenance Organization HMO Medicare Risk',
  HS: 'Special Low Income Medicare Beneficiary',
  IN: 'Indemnity',
  IP: 'Individual Policy',
  LC: 'Long Term Care',
  LD: 'Long Term Policy',
  LI: 'Life Insurance',
  LT: 'Litigation',
  MA: 'Medicare Part A',
  MB: 'Medicare Part B',
  MC: 'Medicaid',
  MH: 'Medigap Part A',
  MI: 'Medigap Part B',
  MP: 'Medicare Primary',
  OT: 'Other',
  PE: 'Property Insurance Personal',
  PL: 'Personal',
  PP: 'Personal Payment Cash No Insurance',
  PR: 'Preferred Provider Organization PPO',
  PS: 'Point of Service POS',
  QM: 'Qualified Medicare Beneficiary',
  RP: 'Property Insurance Real',
  SP: 'Supplemental Policy',
  TF: 'Tax Equity Fiscal Responsibility Act TEFRA',
  WC: 'Workers Compensation',
  WU: 'Wrap Up Policy',
});

/** Code list 889 (AAA04). */
export const FOLLOW_UP_CODES: Names = names({
  C: 'Please Correct and Resubmit',
  N: 'Resubmission Not Allowed',
  P: 'Please Resubmit Original Transaction',
  R: 'Resubmission Allowed',
  S: 'Do Not Resubmit Inquiry Initiated to a Third Party',
  W: 'Please Wait 30 Days and Resubmit',
  X: 'Please Wait 10 Days and Resubmit',
  Y: 'Do Not Resubmit We Will Hold Your Request and Respond Again Shortly',
});

/** Relationship to the subscriber, code list 1069. */
export const RELATIONSHIP_CODES: Names = names({
  '01': 'Spouse',
  18: 'Self',
  19: 'Child',
  20: 'Employee',
  21: 'Unknown',
  39: 'Organ Donor',
  40: 'Cadaver Donor',
  53: 'Life Partner',
  G8: 'Other Relationship',
});

/** The code of a name; `undefined` for an unknown name. */
export function codeOfName(name: string | undefined, table: Names): string | undefined {
  return name === undefined ? undefined : table[bare(name)];
}

function names(byCode: Readonly<Record<string, string>>): Names {
  const entries = Object.entries(byCode).flatMap(([code, list]) =>
    list.split('|').map((name) => [bare(name), code] as const),
  );
  return Object.fromEntries(entries);
}

function bare(name: string): string {
  return name.toUpperCase().replace(/[^A-Z0-9]+/g, '');
}
