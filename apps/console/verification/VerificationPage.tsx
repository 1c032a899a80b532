import { Grid, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { type ReactNode, Suspense, useState } from 'react';
import { queries } from '../api/queries';
import { Failure, Loading } from '../app/States';
import { useMay } from '../session/session';
import { Assumptions } from './Assumptions';
import { Attachments } from './Attachments';
import { AuthorizationLine } from './AuthorizationLine';
import { Benefits } from './Benefits';
import { Chain } from './Chain';
import { Changes } from './Changes';
import { Conflicts } from './Conflicts';
import { Correction } from './Correction';
import { Documents } from './Documents';
import { Earlier } from './Earlier';
import { Header } from './Header';
import { HeadlineCard } from './HeadlineCard';
import { Notes } from './Notes';
import { SourceProvider } from './SourceProvider';
import { useVerificationLive } from './use-verification-live';
import { Waiting } from './Waiting';
import './verification.css';
import { part } from '../app/part';

const Money = part(() => import('./Money').then(({ Money }) => Money));
const Records = part(() => import('./Records').then(({ Records }) => Records));

/** One verification: the answer in words first, then everything that it rests on. */
export function VerificationPage(): ReactNode {
  const { id } = useParams({ strict: false }) as { id: string };
  const { data, error, refetch } = useQuery(queries.verification(id));
  const mayReadRequest = useMay('coordinator', 'supervisor', 'admin');
  const request = useQuery({ ...queries.request(id), enabled: mayReadRequest });
  const answers = useQuery({ ...queries.answers(id), enabled: data?.decision !== undefined });
  const mayReadNotes = useMay('coordinator', 'supervisor', 'biller', 'admin');
  const [isCorrecting, setCorrecting] = useState(false);
  const correct = request.data ? () => setCorrecting(true) : undefined;
  useVerificationLive(id);
  if (error && !data) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  const { estimate } = data;
  return (
    <SourceProvider>
      <Header verification={data} request={request.data} onCorrect={correct} />
      {/* Over the page, not within a part of it: parts go when somebody else moves the verification, and what is typed has to stay. */}
      {isCorrecting && request.data && (
        <Correction verification={data} request={request.data} onClose={() => setCorrecting(false)} />
      )}
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, lg: 8 }}>
          <Stack gap="lg">
            <HeadlineCard verification={data} />
            <Waiting verification={data} request={request.data} onCorrect={correct} />
            <Changes verification={data} />
            {estimate && (
              <Suspense fallback={<Loading />}>
                <Money estimate={estimate} id={id} />
              </Suspense>
            )}
            <Conflicts verification={data} />
            {answers.error && !answers.data && <Failure error={answers.error} onRetry={() => void answers.refetch()} />}
            <Benefits verification={data} answers={answers.data?.items ?? []} />
            <AuthorizationLine verification={data} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <Stack gap="lg">
            {mayReadNotes && <Notes id={id} />}
            <Chain verification={data} />
            <Earlier id={id} request={request.data} />
            <Assumptions verification={data} />
            <Documents verification={data} />
            <Attachments id={id} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={12}>
          <Suspense fallback={<Loading />}>
            <Records verification={data} />
          </Suspense>
        </Grid.Col>
      </Grid>
    </SourceProvider>
  );
}
