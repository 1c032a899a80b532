export { type CallSheet, callSheetText } from './call-sheet';
export { NoteService } from './note-service';
export { presentAnswers, presentPatientRecord } from './present-patient';
export * from './rate-service';
export { readLetterheadBody } from './read-letterhead';
export { mostRateBytes, mostRates, rateColumns } from './read-rates';
export * from './record-service';
export * from './remittance-service';
