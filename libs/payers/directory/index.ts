export * from './names/folded-name';
export * from './names/places';
export * from './names/plainly-meant';
export * from './names/rank';
export * from './names/words';
export * from './payer-record';
export * from './read/connection-change';
export * from './read/payer-change';
export type { Fault as RecordFault, Read } from './read/value';
