export * from './program-plan';
export * from './schedule';
