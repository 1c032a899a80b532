export * from './conclude';
export * from './lifecycle';
export * from './need';
export * from './ports';
export * from './readiness';
export * from './runner';
export * from './status';
export * from './waiting';
