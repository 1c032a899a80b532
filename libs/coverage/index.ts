export * from './choose-iop';
export * from './iop-benefit';
export * from './iop-request';
export { RULES, type RuleId } from './rules';
