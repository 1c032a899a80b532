import type {
  AnswerJson,
  CallJson,
  CallSheetJson,
  HistoryLineJson,
  MemberJson,
  NoteJson,
  PageJson,
  PayerJson,
  ProgramJson,
  SessionJson,
  VerificationJson,
} from '@openvob/results';
import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { read } from './client';

/** What pages read, each with the key that it is remembered under. */
export const queries = {
  session: () =>
    queryOptions({
      queryKey: ['session'],
      queryFn: () => read<SessionJson>('/v1/session', { isSigningIn: true }),
      staleTime: Number.POSITIVE_INFINITY,
      retry: false,
    }),
  verification: (id: string) =>
    queryOptions({
      queryKey: ['verification', id],
      queryFn: ({ signal }) => read<VerificationJson>(`/v1/verifications/${id}`, { signal }),
    }),
  request: (id: string) =>
    queryOptions({
      queryKey: ['verification', id, 'request'],
      queryFn: ({ signal }) => read<KeptRequest>(`/v1/verifications/${id}/request`, { signal }),
      retry: false,
    }),
  answers: (id: string) =>
    queryOptions({
      queryKey: ['verification', id, 'answers'],
      queryFn: ({ signal }) => read<PageJson<AnswerJson>>(`/v1/verifications/${id}/answers`, { signal }),
    }),
  history: (id: string) =>
    queryOptions({
      queryKey: ['verification', id, 'history'],
      queryFn: ({ signal }) => read<PageJson<HistoryLineJson>>(`/v1/verifications/${id}/history`, { signal }),
      retry: false,
    }),
  calls: (id: string) =>
    queryOptions({
      queryKey: ['verification', id, 'calls'],
      queryFn: ({ signal }) => read<PageJson<CallJson>>(`/v1/verifications/${id}/calls`, { signal }),
    }),
  notes: (id: string) =>
    queryOptions({
      queryKey: ['verification', id, 'notes'],
      queryFn: ({ signal }) => read<PageJson<NoteJson>>(`/v1/verifications/${id}/notes`, { signal }),
    }),
  script: (id: string) =>
    queryOptions({
      queryKey: ['verification', id, 'script'],
      queryFn: ({ signal }) => read<CallSheetJson>(`/v1/verifications/${id}/call-script`, { signal }),
      staleTime: Number.POSITIVE_INFINITY,
    }),
  /** Whether a coordinator's calls count only once a supervisor has approved them. */
  callApproval: () =>
    queryOptions({
      queryKey: ['facility', 'calls'],
      queryFn: () => read<{ readonly approval: boolean }>('/v1/facility/calls'),
      staleTime: 300_000,
    }),
  programs: () =>
    queryOptions({
      queryKey: ['programs'],
      queryFn: () => read<PageJson<ProgramJson>>('/v1/programs'),
      staleTime: 300_000,
    }),
  people: () =>
    queryOptions({
      queryKey: ['people'],
      queryFn: () => read<PageJson<MemberJson>>('/v1/people'),
      staleTime: 300_000,
    }),
  payers: (search: string) =>
    queryOptions({
      queryKey: ['payers', search],
      queryFn: ({ signal }) =>
        read<PageJson<PayerJson>>(`/v1/payers?search=${encodeURIComponent(search)}`, { signal, background: true }),
      staleTime: 300_000,
    }),
};

/** The request as it is kept: what was sent, with what could not be used. */
export interface KeptRequest {
  readonly patient?: Readonly<Record<string, string>>;
  readonly subscriber?: Readonly<Record<string, string>>;
  readonly coverages?: readonly {
    readonly payer?: { readonly id?: string; readonly name?: string };
    readonly memberId?: string;
    readonly groupNumber?: string;
    readonly planName?: string;
  }[];
  readonly program?: { readonly id: string };
  readonly admission?: Readonly<Record<string, unknown>>;
  readonly consent?: {
    readonly part2: { readonly signedOn: string; readonly expiresOn?: string; readonly scope: string };
  };
  readonly priority?: string;
  readonly neededBy?: string;
  readonly reference?: string;
  readonly unusable: readonly { readonly pointer: string; readonly detail: string; readonly value: unknown }[];
}

/** A verification and everything beside it is read anew. */
export function refreshVerification(client: QueryClient, id: string): Promise<void> {
  return client.invalidateQueries({ queryKey: ['verification', id] });
}
