import type { Adapter } from './contract';
import { manualAdapter } from './manual';
import { stediAdapter } from './stedi';
import { x12Adapter } from './x12';

export * from './connection-check';
export * from './contract';
export * from './inner-addresses';

/** Every payer protocol that is spoken, by name: one line an adapter. */
export const adapters: ReadonlyMap<string, Adapter> = new Map(
  [x12Adapter, stediAdapter, manualAdapter].map((adapter) => [adapter.name, adapter]),
);
