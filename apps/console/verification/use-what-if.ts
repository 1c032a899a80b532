import { useDebouncedValue } from '@mantine/hooks';
import type { Estimate, Phase } from '@openvob/results';
import { useQuery } from '@tanstack/react-query';
import { call } from '../api/client';
import { type WhatIf, whatIfBody } from './what-if';

const pauseMs = 120;

/** The estimate with something changed, while it is moved. */
export function useWhatIf(
  id: string,
  change: WhatIf,
  phases: readonly Phase[] | undefined,
): { estimate: Estimate | undefined; error: unknown } {
  const [settled] = useDebouncedValue(JSON.stringify(whatIfBody(change, phases)), pauseMs);
  const { data, error } = useQuery({ ...estimateQuery(id, settled), enabled: settled !== '{}' });
  return settled === '{}' ? { estimate: undefined, error: undefined } : { estimate: data, error };
}

/** @param body of `POST …/estimate`, as text: what it is remembered by */
export const estimateQuery = (id: string, body: string) => ({
  queryKey: ['what-if', id, body],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    call<Estimate>('POST', `/v1/verifications/${id}/estimate`, JSON.parse(body), { signal, background: true }),
  retry: false,
  staleTime: 60_000,
  placeholderData: (before: Estimate | undefined) => before,
});
