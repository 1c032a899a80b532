export * from './choose-iop';
export * from './iop-benefit';
export * from './iop-request';
export { readAnswer } from './read-answer';
export * from './read-payer-message';
export * from './read-result';
export { readTransaction } from './read-x12';
export { RULES, type RuleId } from './rules';
