import { payerNamed } from './plainly-meant';

const directory = [
  { id: 'northwind', name: 'Northwind Health Plan', aliases: ['Northwind', 'Northwind PPO', 'NWHP'] },
  { id: 'cedar', name: 'Cedar & Vale Mutual', aliases: ['Cedar and Vale', 'Cedar Vale Mutual', 'CVM'] },
  { id: 'heron', name: 'Blue Heron Health of New Jersey', aliases: ['Blue Heron', 'Blue Heron NJ'] },
  { id: 'summit', name: 'Summit Ridge Assurance', aliases: ['Summit Ridge', 'SRA'] },
  { id: 'harbor', name: 'Harborlight Community Plan', aliases: ['Harborlight', 'Harbor Light Community'] },
  { id: 'granite', name: 'Granite Peak Benefit Administrators', aliases: ['Granite Peak', 'GPBA'] },
  { id: 'lantern', name: 'Lantern Behavioral Network', aliases: ['Lantern Behavioral', 'Lantern BH'] },
  { id: 'phone', name: 'Paper and Phone Assurance', aliases: [] },
];

describe('a payer name', () => {
  test.each([
    ['Northwind Health Plan', 'northwind'],
    ['NORTHWIND HEALTH PLAN, INC.', 'northwind'],
    ['The Northwind Insurance Company', 'northwind'],
    ['Northwnd Health Plan', 'northwind'],
    ['Northwidn', 'northwind'],
    ['Northwind Helth Plan', 'northwind'],
    ['north wind health plan', 'northwind'],
    ['nwhp', 'northwind'],
    ['Cedar Vale', 'cedar'],
    ['Cedar & Vale Mutal', 'cedar'],
    ['Blu Herron', 'heron'],
    ['Blue Heron Health', 'heron'],
    ['Northwind Health', 'northwind'],
    ['Blue Heron of New Jersey', 'heron'],
    ['Sumit Ridge', 'summit'],
    ['Harbor Light', 'harbor'],
    ['Harbourlight Community Plan', 'harbor'],
    ['Granit Peak', 'granite'],
    ['Lantern', 'lantern'],
    ['Lantern Behavioural', 'lantern'],
    ['Páper and Phone', 'phone'],
  ])('"%s" means %s', (name, id) => {
    expect(payerNamed(directory, name)?.id).toBe(id);
  });

  test.each([
    'Southwind Health Plan',
    'Northwest Health Plan',
    'Northbend Health Plan',
    'Northwind Behavioral Network',
    'Northwind Medicaid',
    'Lantern Health',
    'Lantern Health Plan',
    'New Jersey',
    'of New Jersey',
    'Health of New Jersey',
    'Insurance',
    'Mutual',
    'Community',
    'Community Plan',
    'Behavioral',
    'Behavioral Network',
    'Network',
    'Assurance',
    'Benefit Administrators',
    'Health Plan',
    'Health',
    'Blue',
    'Heron',
    'Blue Cross Blue Shield',
    'Blue Shield of New Jersey',
    'North',
    'Harbor',
    'Light',
    'Granite',
    'Ridge',
    'Vale',
    'Cedar Dale Mutual',
    'SRB',
    'GPHA',
    'NWHB',
    'Paper',
    'Northwind Cedar Vale',
    '!!!',
    '',
  ])('"%s" is asked back', (name) => {
    expect(payerNamed(directory, name)).toBeUndefined();
  });

  test('that two payers go by is asked back', () => {
    const twins = [...directory, { id: 'other', name: 'Northwind Mutual', aliases: ['NWHP'] }];
    expect(payerNamed(twins, 'NWHP')).toBeUndefined();
    expect(payerNamed(twins, 'Northwnd')).toBeUndefined();
    expect(payerNamed(twins, 'Northwind')?.id).toBe('northwind');
  });

  test('of generic words alone means the payer that is called exactly so', () => {
    const generic = [...directory, { id: 'generic', name: 'United Community Health Plan', aliases: [] }];
    expect(payerNamed(generic, 'United Community Health Plan')?.id).toBe('generic');
    expect(payerNamed(generic, 'Community Health Plan')).toBeUndefined();
  });
});
