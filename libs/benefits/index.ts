export * from './civil-date';
export * from './money';
export * from './snapshot';
