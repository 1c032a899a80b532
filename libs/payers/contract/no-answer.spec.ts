import { HttpFailure } from '@openvob/platform';
import { noAnswerOfFailure, noAnswerOfStatus } from './no-answer';

type Why = HttpFailure['why'];

describe('a failed exchange', () => {
  const unsent: [Why, string, string][] = [
    ['refused', 'down', 'connection_refused'],
    ['dns', 'down', 'host_not_found'],
    ['reset', 'down', 'connection_reset'],
    ['timeout', 'down', 'connect_timeout'],
    ['other', 'down', 'not_connected'],
    ['tls', 'configuration', 'certificate_not_trusted'],
    ['aborted', 'timeout', 'aborted'],
    ['too_large', 'unreadable', 'reply_too_large'],
  ];
  it.each(unsent)('of which nothing was sent, by %s: %s', (failure, why, detail) => {
    expect(noAnswerOfFailure(new HttpFailure(failure, { nothingSent: true }))).toEqual({ why, detail });
  });

  const sent: [Why, string, string][] = [
    ['reset', 'timeout', 'connection_reset'],
    ['timeout', 'timeout', 'timeout'],
    ['aborted', 'timeout', 'aborted'],
    ['other', 'unreadable', 'not_http'],
    ['too_large', 'unreadable', 'reply_too_large'],
  ];
  it.each(sent)('after something was sent, by %s, may have been answered: %s', (failure, why, detail) => {
    expect(noAnswerOfFailure(new HttpFailure(failure))).toEqual({ why, detail });
  });
});

describe('a status', () => {
  const clock = { now: () => new Date('2026-03-01T12:00:00Z') };
  const whyOf = (status: number) => noAnswerOfStatus({ status, headers: {}, body: '' }, clock)?.why;

  it.each([
    [429, 'throttled'],
    [501, 'down'],
    [503, 'down'],
    [505, 'down'],
  ])('%d says that it was not done: %s', (status, why) => expect(whyOf(status)).toBe(why));

  it.each([408, 500, 502, 504, 520, 524, 599])('%d leaves open whether the payer answered', (status) =>
    expect(whyOf(status)).toBe('timeout'),
  );

  it('keeps how long to wait', () => {
    const response = { status: 502, headers: { 'retry-after': '30' }, body: '' };
    expect(noAnswerOfStatus(response, clock)).toEqual({ why: 'timeout', detail: 'http_502', retryAfterMs: 30_000 });
  });
});
