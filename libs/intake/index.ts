export * from './correction-service';
export * from './intake-service';
export * from './merge-patch';
export * from './read-request';
export * from './request';
export * from './verification-request.dto';
export * from './webhook-signature';
