import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import { fetched } from './fetched';
import { Failure } from './States';

/** A part of a page whose code is fetched when it is first shown. Where it can't be had, that part alone says so. */
export function part<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => ({ default: await fetched(load).catch(() => MissingPart) }));
}

function MissingPart() {
  return <Failure error={undefined} onRetry={() => window.location.reload()} />;
}
