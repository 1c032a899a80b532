export * from './correction-service';
export * from './instant';
export * from './intake-service';
export { isDeeperThan, unkeepable } from './json-faults';
export * from './merge-patch';
export * from './read-request';
export * from './request';
export * from './verification-request.dto';
export * from './webhook-signature';
