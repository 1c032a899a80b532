/**
 * How the vendor spells out X12 codes, from its OpenAPI of healthcare 2024-04-01 (v3) and the types of its SDK
 * (2026-06-01). A code that is not here is passed on without a name.
 */
type Names = Readonly<Record<string, string>>;

/** EB01: the name in v3, and in 2026-06-01 the status (capitals) or the list of `benefits`. */
export const benefits: Readonly<Record<string, readonly [string, string]>> = {
  1: ['Active Coverage', 'ACTIVE_COVERAGE'],
  2: ['Active - Full Risk Capitation', 'ACTIVE_FULL_RISK_CAPITATION'],
  3: ['Active - Services Capitated', 'ACTIVE_SERVICES_CAPITATED'],
  4: ['Active - Services Capitated to Primary Care Physician', 'ACTIVE_SERVICES_CAPITATED_TO_PRIMARY_CARE_PROVIDER'],
  5: ['Active - Pending Investigation', 'ACTIVE_PENDING_INVESTIGATION'],
  6: ['Inactive', 'INACTIVE'],
  7: ['Inactive - Pending Eligibility Update', 'INACTIVE_PENDING_ELIGIBILITY_UPDATE'],
  8: ['Inactive - Pending Investigation', 'INACTIVE_PENDING_INVESTIGATION'],
  A: ['Co-Insurance', 'coInsurance'],
  B: ['Co-Payment', 'coPayment'],
  C: ['Deductible', 'deductible'],
  CB: ['Coverage Basis', 'coverageBasis'],
  D: ['Benefit Description', 'benefitDescription'],
  E: ['Exclusions', 'exclusions'],
  F: ['Limitations', 'limitations'],
  G: ['Out of Pocket (Stop Loss)', 'outOfPocket'],
  H: ['Unlimited', 'unlimited'],
  I: ['Non-Covered', 'nonCovered'],
  J: ['Cost Containment', 'costContainment'],
  K: ['Reserve', 'reserve'],
  L: ['Primary Care Provider', 'primaryCareProvider'],
  M: ['Pre-existing Condition', 'preExistingCondition'],
  MC: ['Managed Care Coordinator', 'managedCareCoordinator'],
  N: ['Services Restricted to Following Provider', 'servicesRestrictedToFollowingProvider'],
  O: ['Not Deemed a Medical Necessity', 'notDeemedMedicalNecessity'],
  P: ['Benefit Disclaimer', 'benefitDisclaimer'],
  Q: ['Second Surgical Opinion Required', 'secondSurgicalOpinionRequired'],
  R: ['Other or Additional Payor', 'otherOrAdditionalPayer'],
  S: ['Prior Year(s) History', 'priorYearsHistory'],
  T: ['Card(s) Reported Lost/Stolen', 'cardReportedStolen'],
  U: ['Contact Following Entity for Eligibility or Benefit Information', 'contactFollowingEntityForInformation'],
  V: ['Cannot Process', 'cannotProcess'],
  W: ['Other Source of Data', 'otherSourceOfData'],
  X: ['Health Care Facility', 'healthCareFacility'],
  Y: ['Spend Down', 'spendDown'],
};

/** EB02. */
export const levels: Names = {
  CHD: 'Children Only',
  DEP: 'Dependents Only',
  ECH: 'Employee and Children',
  EMP: 'Employee Only',
  ESP: 'Employee and Spouse',
  FAM: 'Family',
  IND: 'Individual',
  SPC: 'Spouse and Children',
  SPO: 'Spouse Only',
};

/** EB04, those of the invented plans. */
export const products: Names = {
  C1: 'Commercial',
  EP: 'Exclusive Provider Organization',
  HM: 'Health Maintenance Organization (HMO)',
  IN: 'Indemnity',
  MB: 'Medicare Part B',
  MC: 'Medicaid',
  PR: 'Preferred Provider Organization (PPO)',
  PS: 'Point of Service (POS)',
};

/** EB06, HSD05. */
export const periods: Names = {
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
};

/** EB09, HSD01. */
export const quantities: Names = {
  99: 'Quantity Used',
  DY: 'Days',
  FL: 'Units',
  HS: 'Hours',
  M2: 'Maximum',
  MN: 'Month',
  P6: 'Number of Services or Procedures',
  VS: 'Visits',
  YY: 'Years',
};

/** EB12: the name in v3, the indicator in 2026-06-01. */
export const networks: Readonly<Record<string, readonly [string, string | undefined]>> = {
  Y: ['Yes', 'IN_NETWORK'],
  N: ['No', 'OUT_OF_NETWORK'],
  U: ['Unknown', undefined],
  W: ['Not Applicable', 'IN_AND_OUT_OF_NETWORK'],
};

/** NM101 of related entities. */
export const roles: Names = {
  '2B': 'Third-Party Administrator',
  P3: 'Primary Care Provider',
  P4: 'Prior Insurance Carrier',
  P5: 'Plan Sponsor',
  PR: 'Payer',
  PRP: 'Primary Payer',
  SEP: 'Secondary Payer',
  TTP: 'Tertiary Payer',
  VN: 'Vendor',
  X3: 'Utilization Management Organization',
  Y2: 'Managed Care Organization',
};

/** EB03, those that a behavioral program asks about. */
export const serviceTypes: Names = {
  1: 'Medical Care',
  30: 'Health Benefit Plan Coverage',
  47: 'Hospital',
  48: 'Hospital - Inpatient',
  50: 'Hospital - Outpatient',
  98: 'Professional (Physician) Visit - Office',
  A6: 'Psychotherapy',
  AI: 'Substance Abuse',
  BB: 'Partial Hospitalization (Psychiatric)',
  CF: 'Mental Health Provider - Outpatient',
  CH: 'Mental Health Facility - Outpatient',
  CJ: 'Substance Abuse Facility - Outpatient',
  MH: 'Mental Health',
};

/** AAA04. */
export const followUps: Names = {
  C: 'Please Correct and Resubmit',
  N: 'Resubmission Not Allowed',
  P: 'Please Resubmit Original Transaction',
  R: 'Resubmission Allowed',
  S: 'Do Not Resubmit; Inquiry Initiated to a Third Party',
  W: 'Please Wait 30 Days and Resubmit',
  X: 'Please Wait 10 Days and Resubmit',
  Y: 'Do Not Resubmit; We Will Hold Your Request and Respond Again Shortly',
};

/** AAA03, those of the invented payers. */
export const reasons: Names = {
  '04': 'Authorized Quantity Exceeded',
  15: 'Required application data missing',
  41: 'Authorization/Access Restrictions',
  42: 'Unable to Respond at Current Time',
  43: 'Invalid/Missing Provider Identification',
  50: 'Provider Ineligible for Inquiries',
  51: 'Provider Not on File',
  62: 'Date of Service Not Within Allowable Inquiry Period',
  63: 'Date of Service in Future',
  65: 'Invalid/Missing Patient Name',
  67: 'Patient Not Found',
  71: 'Patient Birth Date Does Not Match That for the Patient on the Database',
  72: 'Invalid/Missing Subscriber/Insured ID',
  73: 'Invalid/Missing Subscriber/Insured Name',
  75: 'Subscriber/Insured Not Found',
  76: 'Duplicate Subscriber/Insured ID Number',
  79: 'Invalid Participant Identification',
  80: 'No Response received - Transaction Terminated',
};

/** `Calendar Year` as `CALENDAR_YEAR`, `Health Maintenance Organization (HMO)` as `HEALTH_MAINTENANCE_ORGANIZATION_HMO`. */
export function constant(name: string | undefined): string | undefined {
  return name
    ?.toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^_|_$/g, '');
}
