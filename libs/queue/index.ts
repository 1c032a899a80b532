export * from './backend';
export * from './lanes';
export * from './outcome';
export * from './queue.module';
export * from './sweep';
export * from './verification-jobs';
export * from './verify-job';
