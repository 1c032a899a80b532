export { DEFAULT_DELIMITERS } from './delimiters';
export * from './envelope';
export { X12Error, type X12Issue, type X12IssueCode, type X12Refusal } from './issue';
export * from './read';
export * from './segment';
