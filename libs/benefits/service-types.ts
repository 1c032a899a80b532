/**
 * Groups of service type codes (code list 1365, EB03; F3 and F6 are FHIR's dental and vision coverage).
 * Source: reference/benefits.md 1.4; names as in 005010X279A1.
 */
const DENTAL = codes('23 24 25 26 27 28 35 36 37 38 39 40 41 F3');
const VISION = codes('AL AM AN AO CP F6');
const PHARMACY = codes('88 89 90 91 92 B2 B3 BW BX GF GN');
/** Mental health and substance use at any level of care; E2 and SMH are newer than 005010 and are sent all the same. */
const BEHAVIORAL = codes('A4 A5 A6 A7 A8 AI AJ AK BB BC BD CE CF CG CH CI CJ E2 MH RT SMH');
/** Office visits and hospital outpatient care: neighbours of a program day, never its cost share. */
const OFFICE_OR_OUTPATIENT = codes('50 98 A0');
/** Health benefit plan coverage: what stands here is said of the plan as a whole. */
const PLAN = '30';

/** True for statements about the plan as a whole: service type 30, or none at all. */
export function isPlanLevel(serviceTypes: readonly string[]): boolean {
  return serviceTypes.length === 0 || serviceTypes.includes(PLAN);
}

/** True when any of the service types is medical: not dental, vision or pharmacy. */
export function isMedical(serviceTypes: readonly string[]): boolean {
  return serviceTypes.some((code) => !DENTAL.has(code) && !VISION.has(code) && !PHARMACY.has(code));
}

/** True when any of the service types is mental health or substance use care, at whatever level. */
export function isBehavioral(serviceTypes: readonly string[]): boolean {
  return serviceTypes.some((code) => BEHAVIORAL.has(code));
}

/** True when all of the service types are mental health or substance use care, and there is one. */
export function isBehavioralAlone(serviceTypes: readonly string[]): boolean {
  return serviceTypes.length > 0 && serviceTypes.every((code) => BEHAVIORAL.has(code));
}

/** True when any of the service types is an office visit or hospital outpatient care (98, A0, 50). */
export function isOfficeOrOutpatient(serviceTypes: readonly string[]): boolean {
  return serviceTypes.some((code) => OFFICE_OR_OUTPATIENT.has(code));
}

function codes(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
