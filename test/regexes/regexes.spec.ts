import { resolve } from 'node:path';
import { bounded } from './bounded';
import { Judge } from './judge';
import { regexesIn } from './regexes';

test('every regular expression of the program is found, and each that is named as bounded is there', () => {
  const found = regexesIn(resolve(__dirname, '../..'));
  expect(found.length).toBeGreaterThan(200);
  for (const [file, beginning] of bounded)
    expect(found).toContainEqual(expect.objectContaining({ file, source: expect.stringContaining(beginning) }));
});

test('one that a text can hold up is told from one that none can', () => {
  const judge = new Judge();
  expect(judge.verdictOn({ source: '^(a+)+$', flags: '' })).toMatchObject({ status: 'vulnerable' });
  expect(judge.verdictOn({ source: '^a{1,9}$', flags: '' })).toEqual({ status: 'safe', growth: expect.any(String) });
});
