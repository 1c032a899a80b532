import { Alert } from '@mantine/core';
import { type QueryKey, type UseQueryOptions, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { sentenceOf } from '../api/problem';
import { Failure, Loading } from '../app/States';

interface List<Data> {
  readonly data: Data | undefined;
  /** What is shown while there are no data: that they are on their way, or why they are not there. */
  readonly standIn: ReactNode;
  /** What the last change was refused with. */
  readonly refusal: ReactNode;
  readonly reread: () => Promise<void>;
  /** Makes a change and reads the list anew. @returns what the change gave; undefined when it was refused */
  act<Result>(work: () => Promise<Result>): Promise<Result | undefined>;
}

/** A list of settings and the changes to it: loading, failing, trying again, and saying what was refused, once for all of them. */
export function useList<Data, Key extends QueryKey>(options: UseQueryOptions<Data, Error, Data, Key>): List<Data> {
  const { data, error, refetch } = useQuery(options);
  const [refused, setRefused] = useState<string | undefined>();
  const reread = async (): Promise<void> => {
    await refetch();
  };
  return {
    data,
    standIn: error ? <Failure error={error} onRetry={() => void refetch()} /> : <Loading />,
    refusal: <Refused>{refused}</Refused>,
    reread,
    act: async (work) => {
      try {
        const result = await work();
        setRefused(undefined);
        return result;
      } catch (problem) {
        setRefused(sentenceOf(problem));
        return undefined;
      } finally {
        await reread();
      }
    },
  };
}

/** A refusal, said where it happened. */
export function Refused({ children }: { children: string | undefined }): ReactNode {
  return children === undefined ? null : (
    <Alert color="red" role="alert">
      {children}
    </Alert>
  );
}
