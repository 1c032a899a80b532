export * from './attended';
export { type CaseError, type CaseErrorCode, CaseFault } from './case-fault';
export {
  type AnsweredCoverage,
  type BuiltCase,
  buildEstimateCase,
  type CaseInputs,
  figureDates,
} from './case-from-benefits/build-estimate-case';
export type { CaseAssumption, CaseAssumptionCode, CaseSource } from './case-from-benefits/case-notes';
export { estimate } from './estimate';
export * from './estimate-case';
export type { CaseFlag, CaseFlagCode, FlagSource } from './flags/case-flag';
export { caseFlags, type FlagInputs } from './flags/case-flags';
export * from './law';
export { type ParsedCase, parseCase, parseCaseText } from './parse-case';
export * from './phone';
export { rateBook, rateHolds } from './rate-book';
export * from './remittance';
export * from './under-way';
export * from './what-if';
export * from './worksheet';
