export * from './api-keys';
export * from './principal';
