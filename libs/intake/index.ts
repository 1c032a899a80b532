export * from './read-request';
export * from './request';
export * from './verification-request.dto';
