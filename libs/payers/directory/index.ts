export * from './names/folded-name';
export * from './names/places';
export * from './names/plainly-meant';
export * from './names/rank';
export * from './names/words';
export * from './payer-record';
