import type { FieldReader } from '@openvob/access';
import { type AddressRule, isLoopback, literalAddress } from '@openvob/platform';

const longest = 2_000;

/**
 * The address of a receiver: `https://`, without a log-in, at an address that may be connected to. `http://` is taken to this machine, where its
 * network is admitted at all. What a name stands for is judged by each look-up, when the connection is made.
 */
export function receiverUrl(admits: AddressRule): FieldReader<string> {
  return (value) => {
    if (value === undefined) return { fault: { code: 'required', detail: 'is missing' } };
    const isText = typeof value === 'string' && value.length <= longest && URL.canParse(value);
    const url = isText ? new URL(value) : undefined;
    if (url?.username !== '' || url.password !== '' || url.hash !== '')
      return unusable('must be an https:// address without a log-in and without a fragment');
    const isLocal = isLoopback(url.hostname);
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLocal))
      return unusable('must begin with https://');
    const address = literalAddress(url) ?? (isLocal ? '127.0.0.1' : undefined);
    return address === undefined || admits(address)
      ? { value: url.href }
      : unusable('is an address of an inner network, which no receiver may have');
  };
}

function unusable(detail: string): { fault: { code: string; detail: string } } {
  return { fault: { code: 'unusable', detail } };
}
