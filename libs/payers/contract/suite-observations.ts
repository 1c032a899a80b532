import type { Log, LogFields } from '@openvob/platform';
import type { Answer, Inquiry } from './adapter';

/** `benefits`, `unavailable down`: nothing of a person. */
export function describeAnswer(answer: Answer): string {
  return answer.kind === 'unavailable' ? `unavailable ${answer.why}` : answer.kind;
}

/** Values of an inquiry that tell who it is about. */
export function personalData({ subscriber, dependent }: Inquiry): string[] {
  const people = [subscriber, ...(dependent === undefined ? [] : [dependent])];
  const values = people.flatMap(({ firstName, lastName, birthDate }) => [
    firstName,
    lastName,
    birthDate,
    birthDate?.replaceAll('-', ''),
  ]);
  return [...values, subscriber.memberId].filter((value) => value !== undefined && value !== '') as string[];
}

/** What a JSON pointer of plain names leads to. */
export function valueAt(inquiry: Inquiry, pointer: string): unknown {
  const steps = pointer.split('/').slice(1);
  return steps.reduce((value: unknown, step) => (value as Record<string, unknown> | undefined)?.[step], inquiry);
}

/** Keeps what is logged. */
export class RecordingLog implements Log {
  readonly lines: [string, LogFields | undefined][] = [];

  debug(event: string, fields?: LogFields): void {
    this.lines.push([event, fields]);
  }

  info(event: string, fields?: LogFields): void {
    this.lines.push([event, fields]);
  }

  warn(event: string, fields?: LogFields): void {
    this.lines.push([event, fields]);
  }

  error(event: string, fields?: LogFields): void {
    this.lines.push([event, fields]);
  }
}
