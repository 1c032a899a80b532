export * from './case-fault';
export { estimate } from './estimate';
export * from './estimate-case';
export { type ParsedCase, parseCase, parseCaseText } from './parse-case';
export * from './worksheet';
