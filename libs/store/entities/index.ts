export * from './batch';
export * from './console';
export * from './facility';
export * from './inquiry';
export * from './intake';
export * from './payer';
export * from './record';
export * from './verification';
