export * from './kept-answer';
export * from './verification-view';
