export * from './federal-holidays';
export * from './first-program-day';
export * from './level-of-care';
export { type ProgramWarning, programWarnings, weeklyHours } from './level-two-one';
export * from './program-plan';
export * from './program-template';
export * from './program-templates';
export * from './schedule';
