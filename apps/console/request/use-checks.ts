import { useDebouncedValue } from '@mantine/hooks';
import type { FieldJson, IdName, PageJson, PayerJson, SimilarJson } from '@openvob/results';
import { useQuery } from '@tanstack/react-query';
import { call } from '../api/client';
import { ApiProblem } from '../api/problem';
import { queries } from '../api/queries';
import type { RequestForm } from './form';
import { readDate } from './read-date';

/** What would be asked, as the API says; nothing is stored or sent. */
export interface DryRunJson {
  readonly payer?: IdName;
  readonly via?: string;
  readonly inquiries: readonly { readonly serviceTypes: readonly string[] }[];
  readonly missing: readonly { readonly pointer: string; readonly why: string }[];
  readonly costCents?: number;
}

const pauseMs = 600;

/** Checks of the whole form by the API itself, once there is enough to check. */
export function useDryRun(
  body: Readonly<Record<string, unknown>>,
  isWorth: boolean,
): { plan: DryRunJson | undefined; faults: readonly FieldJson[] } {
  const text = JSON.stringify(body);
  const [settled] = useDebouncedValue(text, pauseMs);
  const { data, error } = useQuery({
    queryKey: ['dry-run', settled],
    queryFn: ({ signal }) =>
      call<DryRunJson>('POST', '/v1/verifications?dryRun=true', JSON.parse(settled), { signal, background: true }),
    enabled: isWorth,
    retry: false,
    gcTime: 0,
    placeholderData: (before) => before,
  });
  // While somebody types, what was wrong a moment ago may be right by now.
  const faults = error instanceof ApiProblem && settled === text ? error.fields : [];
  return { plan: error ? undefined : data, faults };
}

/** Who was asked about already and seems to be the same person. */
export function useSimilar(
  { firstName, lastName, birthDate, coverages }: RequestForm,
  today: string,
): readonly SimilarJson[] {
  const memberId = (coverages[0]?.memberId ?? '').replaceAll(/\s+/g, '');
  const born = readDate(birthDate, today);
  const asked = {
    ...(memberId.length >= 5 ? { memberId } : {}),
    ...(lastName.trim() && born ? { lastName: lastName.trim(), birthDate: born } : {}),
    ...(firstName.trim() && lastName.trim() && born ? { firstName: firstName.trim() } : {}),
  };
  const [settled] = useDebouncedValue(JSON.stringify(asked), pauseMs);
  const { data } = useQuery({
    queryKey: ['similar', settled],
    queryFn: ({ signal }) =>
      call<PageJson<SimilarJson>>('POST', '/v1/verifications/similar', JSON.parse(settled), {
        signal,
        background: true,
      }),
    enabled: settled !== '{}',
    gcTime: 0,
    retry: false,
  });
  return data?.items ?? [];
}

/** The payer that a member id of these letters points to; the letters alone are asked for, never the id. */
export function usePayerByPrefix(memberId: string): PayerJson | undefined {
  const prefix = /^[A-Za-z]{2,4}/.exec(memberId.trim())?.[0].toUpperCase() ?? '';
  const { data } = useQuery({ ...queries.payers(prefix), enabled: prefix.length >= 2 });
  return data?.items.find(({ memberIdPrefixes }) =>
    memberIdPrefixes.some((one) => one !== '' && prefix.startsWith(one.toUpperCase())),
  );
}
