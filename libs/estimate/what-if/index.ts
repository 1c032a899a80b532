export type { Answer, Answers, AuthorizationAnswer, CostShareAnswer, NetworkAnswer } from './answer';
export type { ConflictAnswer } from './answer-conflict';
export type { PendingClaimsAnswer } from './answer-pending-claims';
export { type BetterStart, betterStart } from './better-start';
export type { ChangeAssumption, ChangeAssumptionCode } from './change-assumption';
export type { ChangeError, ChangeErrorCode } from './change-fault';
export { type ParsedChange, parseChange } from './read-change';
export { MOST_STARTS, type RefusedStart, type Start, type SweptStart, sweepStarts } from './sweep-starts';
export { type Change, type WhatIf, whatIf } from './what-if';
