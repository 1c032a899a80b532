import { readRateFile, readRatesBody } from './read-rates';

const faultsOf = (read: () => unknown): string[] => {
  try {
    read();
  } catch (error) {
    return (error as { options: { fields: { pointer: string; code: string }[] } }).options.fields.map(
      ({ pointer, code }) => `${pointer} ${code}`,
    );
  }
  return [];
};

describe('a price list', () => {
  const northwind = { payer: 'Northwind Health', network: 'in', code: 'H0015', allowedCents: 32_500 };

  it.each([
    ['commas', 'payer,network,code,allowed,from\nNorthwind Health,in,h0015,$325.00,2027-01-01\n'],
    [
      'tabs, as tables are pasted',
      'Payer\tNetwork\tCode\tAllowed\tFrom\r\nNorthwind Health\tIn network\tH0015\t325\t2027-01-01\r\n',
    ],
    ['semicolons', '\ufeffpayer;network;code;allowed;from\n"Northwind Health";in;H0015;325.00;2027-01-01\n\n'],
  ])('is read with %s', (_name, text) => {
    expect(readRateFile(text)).toEqual([{ ...northwind, from: '2027-01-01', source: 'your contract' }]);
  });

  it('of the facility itself names no payer', () => {
    const text =
      'payer,network,code,allowed,charge,included in\n,out of network,90837,"1,120.5",2000,H0015\n,self-pay,H0015,295,,\n';
    expect(readRateFile(text)).toEqual([
      {
        network: 'out',
        code: '90837',
        allowedCents: 112_050,
        chargeCents: 200_000,
        includedIn: 'H0015',
        source: 'your price list',
      },
      { network: 'self_pay', code: 'H0015', allowedCents: 29_500, source: 'your price list' },
    ]);
  });

  it.each<[string, string, string[]]>([
    ['an amount that is none', 'network,code,allowed\nin,H0015,abc', ['/items/0/allowedCents wrong_type']],
    ['an unknown network', 'network,code,allowed\nnear,H0015,1', ['/items/0/network unknown_value']],
    ['an unknown column', 'network,code,allowed,colour\nin,H0015,1,red', ['/items/0/colour unknown_field']],
    ['no code', 'network,code,allowed\nin,,1', ['/items/0/code required']],
    ['a day that is none', 'network,code,allowed,from\nin,H0015,1,2027-02-30', ['/items/0/from no_such_date']],
    [
      'an end before its beginning',
      'network,code,allowed,from,to\nin,H0015,1,2027-02-01,2027-01-01',
      ['/items/0/to out_of_range'],
    ],
    ['lines of different lengths', 'network,code,allowed\nin,H0015', [' malformed']],
  ])('with %s is refused at its place', (_name, text, faults) => {
    expect(faultsOf(() => readRateFile(text))).toEqual(faults);
  });

  it('of a body is read by the same rules', () => {
    expect(readRatesBody({ items: [northwind] })).toEqual([{ ...northwind, source: 'your contract' }]);
    expect(faultsOf(() => readRatesBody({ items: [{ ...northwind, network: 'self_pay', allowedCents: -1 }] }))).toEqual(
      ['/items/0/allowedCents out_of_range', '/items/0/payer out_of_range'],
    );
    expect(faultsOf(() => readRatesBody({ items: [{ ...northwind, code: 'H 15' }] }))).toEqual([
      '/items/0/code malformed',
    ]);
  });
});
