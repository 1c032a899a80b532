export * from './clock';
export * from './http';
export * from './log';
