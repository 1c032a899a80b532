import { publicAddressesAnd } from '@openvob/platform';
import { adapters } from './index';
import { refusingInnerAddresses } from './inner-addresses';

const connection = {
  id: 'con_1',
  payerId: 'pay_1',
  adapter: 'x12',
  credentials: {},
  payerReference: 'X1',
  endpointUrl: '',
  settings: { senderId: 'TESTWOOD', receiverId: 'X', insecureHttp: 'allow' },
  timeoutMs: 20_000,
};

const faultsAt = (endpointUrl: string, allowed: string[] = []): string[] =>
  refusingInnerAddresses(adapters, publicAddressesAnd(allowed))
    .get('x12')
    ?.checkConnection({ ...connection, endpointUrl })
    .filter((fault) => fault.includes('PAYER_NETWORKS')) ?? ['no adapter'];

test.each([
  'http://127.0.0.1:3900/x12',
  'http://localhost/',
  'https://10.1.2.3/',
  'https://[::1]/',
  'https://169.254.169.254/',
])('a connection to %s is faulty, unless its network is named', (url) => {
  expect(faultsAt(url)).toHaveLength(1);
  expect(faultsAt(url, ['127.0.0.0/8', '10.0.0.0/8', '::1', '169.254.0.0/16'])).toEqual([]);
});

test.each(['https://payer.example/x12', 'https://8.8.8.8/', 'nowhere'])('%s is left to the adapter', (url) => {
  expect(faultsAt(url)).toEqual([]);
});
