import { publicAddressesAnd } from '@openvob/platform';
import { receiverUrl } from './receiver-url';

const read = receiverUrl(publicAddressesAnd([]));
const readAtHome = receiverUrl(publicAddressesAnd(['127.0.0.0/8']));

test.each(['https://hooks.example.org/vob?k=1', 'https://8.8.8.8/', 'https://[2606:4700::1111]:8443/x'])(
  '%s may be a receiver',
  (url) => {
    expect(read(url)).toEqual({ value: url });
  },
);

test.each([
  ['http://hooks.example.org/', 'must begin with https://'],
  ['ftp://hooks.example.org/', 'must begin with https://'],
  ['https://somebody:secret@hooks.example.org/', 'without a log-in'],
  ['https://hooks.example.org/#x', 'fragment'],
  ['hooks.example.org', 'https:// address'],
  [`https://hooks.example.org/${'x'.repeat(2_000)}`, 'https:// address'],
  ['https://127.0.0.1/', 'inner network'],
  ['https://2130706433/', 'inner network'],
  ['https://localhost/', 'inner network'],
  ['http://127.0.0.1:8080/', 'inner network'],
  ['https://[::1]/', 'inner network'],
  ['https://[::ffff:10.0.0.1]/', 'inner network'],
  ['https://10.0.0.1/', 'inner network'],
  ['https://169.254.169.254/latest/meta-data', 'inner network'],
  ['https://192.168.1.1/', 'inner network'],
  [7, 'https:// address'],
])('%s may not', (url, why) => {
  expect(read(url)).toEqual({ fault: { code: 'unusable', detail: expect.stringContaining(why) } });
});

test('a receiver on this machine may do without TLS where the machine is admitted', () => {
  expect(readAtHome('http://127.0.0.1:8080/hook')).toEqual({ value: 'http://127.0.0.1:8080/hook' });
  expect(readAtHome('http://10.0.0.1/')).toMatchObject({ fault: { code: 'unusable' } });
});
