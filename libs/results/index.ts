export { shownText } from './documents/shown-text';
export * from './kept-answer';
export * from './part2-notice';
export * from './raw-answer';
export * from './reused-answer';
export * from './verification-view';
export * from './what-if';
export * from './wire';
