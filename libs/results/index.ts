export * from './kept-answer';
export * from './reused-answer';
export * from './verification-view';
export * from './what-if';
