export { type CallSheet, callSheetText } from './call-sheet';
export { readLetterheadBody } from './read-letterhead';
export * from './record-service';
export * from './remittance-service';
