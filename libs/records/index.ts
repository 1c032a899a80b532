export { type CallSheet, callSheetText } from './call-sheet';
export * from './record-service';
export * from './remittance-service';
