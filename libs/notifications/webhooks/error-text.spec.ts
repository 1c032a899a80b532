import { errorText } from './error-text';

test.each([
  ['{"error":"bad signature","stack":"at /srv/app.js"}', 'bad signature'],
  ['{"error":{"code":"E42","message":"no such queue"}}', 'E42; no such queue'],
  ['{"title":"Busy","detail":"Come back later","status":503}', 'Busy; Come back later'],
  ['upstream timed out', 'upstream timed out'],
  ['<html><body>502</body></html>', '[markup]'],
  ['{"patient":{"firstName":"Marlow"}}', '[json]'],
  ['{"message":"no such member NWH0010001, ask marlow@example.org"}', 'no such member [member], ask [mail]'],
  ['line\nline', 'line line'],
  ['', undefined],
])('of %j so much is kept: %j', (body, text) => {
  expect(errorText(body)).toBe(text);
});

test('no more than 300 characters are kept', () => {
  expect(errorText('no '.repeat(5_000))).toHaveLength(300);
});
