import { Anchor, Text } from '@mantine/core';
import type { PageJson, SimilarJson } from '@openvob/results';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { call } from '../api/client';
import type { KeptRequest } from '../api/queries';
import { useTimeZone } from '../session/session';
import { word } from '../words/codes';
import { moment } from '../words/format';
import { Section } from './Section';

const mostShown = 5;

/** What else was asked about the same person, newest first. */
export function Earlier({ id, request }: { id: string; request: KeptRequest | undefined }): ReactNode {
  const timeZone = useTimeZone();
  const likeness = likenessOf(request);
  const { data } = useQuery({
    queryKey: ['verification', id, 'similar', likeness],
    queryFn: ({ signal }) =>
      call<PageJson<SimilarJson>>('POST', '/v1/verifications/similar', likeness, { signal, background: true }),
    enabled: Object.keys(likeness).length > 0,
    staleTime: 60_000,
    retry: false,
  });
  const others = (data?.items ?? []).filter((one) => one.id !== id).slice(0, mostShown);
  if (others.length === 0) return null;
  return (
    <Section title="Also asked about this person">
      <ul className="notes">
        {others.map((one) => (
          <li key={one.id}>
            <Anchor component={Link} to={`/verifications/${one.id}`} size="sm">
              {[one.payer?.name, word('status', one.status).toLowerCase()].filter(Boolean).join(', ')}
            </Anchor>
            <Text size="xs" className="quiet">
              {moment(one.createdAt, timeZone)}. {because(one)}
            </Text>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function because({ because: all }: SimilarJson): string {
  return all.includes('member_id') ? 'Same member id.' : 'Same name and birth date.';
}

/** What tells people apart, as far as it is known. */
function likenessOf(request: KeptRequest | undefined): Readonly<Record<string, string>> {
  const { firstName, lastName, birthDate } = request?.patient ?? {};
  const memberId = request?.coverages?.[0]?.memberId;
  return {
    ...(memberId ? { memberId } : {}),
    ...(lastName && birthDate ? { lastName, birthDate, ...(firstName ? { firstName } : {}) } : {}),
  };
}
