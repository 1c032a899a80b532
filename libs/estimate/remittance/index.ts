export { accuracyOf, type ComparedSum, isHit, type PayerAccuracy } from './accuracy';
export { compareRemittance, type LineComparison, type RemittanceComparison } from './compare-remittance';
export type { CauseTotal, Difference, DifferenceCause } from './difference';
export {
  type ParsedRemittance,
  parseRemittance,
  type Remittance,
  type RemittanceLine,
  type RemittanceLines,
  type RemittanceTotals,
} from './remittance';
