import { Readable } from 'node:stream';
import { Problem } from '@openvob/platform';
import type { BatchProgress, RowOutcome } from '@openvob/store';

/** How the rows of a body are written. @throws Problem `unsupported_media_type` */
export function formatOf(contentType: string | undefined): 'csv' | 'ndjson' {
  const type = contentType?.split(';')[0]?.trim().toLowerCase();
  if (type === 'text/csv') return 'csv';
  if (type === 'application/x-ndjson') return 'ndjson';
  throw new Problem('unsupported_media_type', { detail: 'Send application/x-ndjson or text/csv.' });
}

/** A line of JSON a row, as the rows are taken in. */
export function outcomeLines(outcomes: AsyncIterable<readonly RowOutcome[]>): Readable {
  return Readable.from(linesOf(outcomes), { objectMode: false });
}

async function* linesOf(outcomes: AsyncIterable<readonly RowOutcome[]>): AsyncGenerator<Buffer> {
  for await (const rows of outcomes)
    yield Buffer.from(rows.map((row) => `${JSON.stringify(presentOutcome(row))}\n`).join(''));
}

function presentOutcome({ row, line, verificationId, status, problem }: RowOutcome): object {
  if (problem || !verificationId) return { row, line, problem };
  return { row, line, id: verificationId, status, links: { self: `/v1/verifications/${verificationId}` } };
}

/** A batch as callers read it. */
export function presentBatch({ createdAt, receivedAt, finishedAt, ...batch }: BatchProgress): object {
  const { id, rows, refused, byStatus } = batch;
  const accepted = Object.values(byStatus).reduce((sum, count) => sum + count, 0);
  return {
    id,
    createdAt: createdAt.toISOString(),
    ...(receivedAt ? { receivedAt: receivedAt.toISOString() } : {}),
    ...(finishedAt ? { finishedAt: finishedAt.toISOString() } : {}),
    ...{ rows, accepted, refused, byStatus },
    links: { self: `/v1/verifications/batch/${id}`, verifications: `/v1/verifications?batch=${id}` },
  };
}
