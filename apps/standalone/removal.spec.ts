import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Instance } from './instance';
import { reset } from './removal';

describe('a reset', () => {
  let home: string;
  let said: string[];
  let asked: string[];

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'openvob-reset-'));
    said = [];
    asked = [];
  });

  afterEach(() => rmSync(home, { recursive: true, force: true }));

  /** Somebody who answers so, or nobody. */
  const talk = (answer: boolean | undefined) => ({
    say: (line: string) => void said.push(line),
    confirm: async (question: string) => {
      asked.push(question);
      return answer;
    },
  });

  test('clears without asking when nothing runs', async () => {
    await reset(home, talk(undefined));
    expect([existsSync(home), asked]).toEqual([false, []]);
  });

  test('clears without asking what an interrupted instance left', async () => {
    const main = { pid: 2 ** 22 + 1, started: 'long ago' };
    writeFileSync(join(home, 'instance.json'), JSON.stringify({ main, url: 'http://127.0.0.1:3000', children: [] }));
    await reset(home, talk(undefined));
    expect([existsSync(home), asked]).toEqual([false, []]);
  });

  test.each([
    [undefined, 'npm run reset -- --yes'],
    [false, 'Nothing was stopped or removed'],
  ])('touches nothing while an instance runs and the answer is %s', async (answer, why) => {
    await Instance.claim(home, 'http://127.0.0.1:3000'); // this process: were it stopped, so would be the test
    await expect(reset(home, talk(answer))).rejects.toThrow(why);
    expect(existsSync(join(home, 'instance.json'))).toBe(true);
    expect(asked).toEqual([
      `OpenVOB runs here: http://127.0.0.1:3000 (process ${process.pid}). Stop it and remove all its data?`,
    ]);
  });
});
