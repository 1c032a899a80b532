import { lookup as lookUpName } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Says whether a connection to this address may be made. */
export type AddressRule = (address: string) => boolean;

/** Networks that are nobody's on the public internet (IANA special-purpose registries, RFC 6890 and what came after it). */
const special4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];
/** Loopback and translated IPv4 (mapped IPv4 is judged as IPv4), discard, Teredo, documentation, 6to4, segment routing, local and multicast addresses. */
const special6 = [
  '::/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
  '5f00::/16',
  'fc00::/7',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
];

const special = networksOf([...special4, ...special6]);

/**
 * Admits public addresses, and of all others those of the named networks: where a person may set an address, the server must not
 * become a way into its own network (OWASP API7:2023).
 *
 * @param allowed e.g. `10.1.2.0/24`; a single address stands for itself
 */
export function publicAddressesAnd(allowed: readonly string[]): AddressRule {
  const exceptions = networksOf(allowed);
  return (address) => {
    const family = isIP(address);
    if (family === 0) return false;
    const kind = family === 4 ? 'ipv4' : 'ipv6';
    return exceptions.check(address, kind) || !special.check(address, kind);
  };
}

/** Whether a text is a network or an address that `publicAddressesAnd` understands. */
export function isNetwork(text: string): boolean {
  const [address = '', bits] = text.split('/');
  const family = isIP(address);
  if (family === 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

/** A look-up of all addresses of a name, as `dns.lookup` does it. */
export type LookUpName = typeof lookUpName;

/** Looks names up as usual and fails when one of the addresses is not admitted: what was checked is what is connected to. */
export function admittedLookup(admits: AddressRule, lookUp: LookUpName = lookUpName): LookupFunction {
  return (hostname, options, done) => {
    lookUp(hostname, { ...options, all: true }, (error, found) => {
      if (error) return done(error, []);
      if (found.length === 0 || !found.every(({ address }) => admits(address)))
        return done(Object.assign(new Error('address not admitted'), { code: 'EADDRNOTADMITTED' }), []);
      const [first] = found;
      return options.all || !first ? done(null, found) : done(null, first.address, first.family);
    });
  };
}

/** The address that a URL names itself, without a look-up; undefined for a name. */
export function literalAddress(url: URL): string | undefined {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return isIP(host) === 0 ? undefined : host;
}

function networksOf(texts: readonly string[]): BlockList {
  const list = new BlockList();
  for (const text of texts) {
    const [address = '', bits] = text.split('/');
    const kind = isIP(address) === 4 ? 'ipv4' : 'ipv6';
    list.addSubnet(address, bits === undefined ? (kind === 'ipv4' ? 32 : 128) : Number(bits), kind);
  }
  return list;
}
