export * from './verification-view';
