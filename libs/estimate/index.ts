export * from './case-fault';
export { estimate } from './estimate';
export * from './estimate-case';
export * from './worksheet';
