import { useRef, useState } from 'react';
import { call } from '../api/client';
import { sentenceOf } from '../api/problem';
import { prepared, UnusableFile } from '../verification/photo';

export interface Photos {
  /** By kind, made smaller already. */
  readonly photos: ReadonlyMap<string, Blob>;
  /** Why the last one cannot be used. */
  readonly photoFault: string | undefined;
  choose(kind: string, file: File): Promise<void>;
  /** Sends those that were not sent yet. @throws as the API refuses: what is left is sent at the next try */
  attach(verificationId: string): Promise<void>;
}

/** Photos of a card that go along with a request: looked at when they are chosen, sent once there is something to attach them to. */
export function usePhotos(): Photos {
  const [photos, setPhotos] = useState<ReadonlyMap<string, Blob>>(new Map());
  const [photoFault, setFault] = useState<string | undefined>();
  const sent = useRef(new Set<Blob>());
  return {
    photos,
    photoFault,
    choose: async (kind, file) => {
      setFault(undefined);
      try {
        const photo = await prepared(file);
        setPhotos((before) => new Map([...before, [kind, photo]]));
      } catch (error) {
        setFault(error instanceof UnusableFile ? error.message : sentenceOf(error));
      }
    },
    attach: async (verificationId) => {
      for (const [kind, photo] of photos) {
        if (sent.current.has(photo)) continue;
        await call('POST', `/v1/verifications/${verificationId}/attachments?kind=${kind}`, photo);
        sent.current.add(photo);
      }
    },
  };
}
