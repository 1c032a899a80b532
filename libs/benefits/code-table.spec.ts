import { codeTable } from './code-table';
import { readLevels, subscriberLevel } from './x12-271.fixture';

describe('a table by code', () => {
  it('holds what is written in it and nothing else', () => {
    const table = codeTable<number>({ A: 1 });
    expect(table.A).toBe(1);
    expect(['B', 'constructor', '__proto__', 'toString'].map((code) => table[code])).toEqual(Array(4).fill(undefined));
  });

  it.each(['constructor', '__proto__', 'toString'])(
    'has no entry for a payer who writes %s where codes stand',
    (name) => {
      const rows = [
        `EB*${name}*${name}*${name}*${name}*PLAN*${name}*1**${name}*1*${name}*${name}`,
        `EB*1*${name}*30**PLAN*${name}`,
        `EB*C*${name}*30***${name}*100***DY*${name}`,
        `EB*B*IND*MH***${name}*100**${name}*3*${name}*${name}`,
        `EB*F*IND*MH***${name}***${name}*3`,
        `HSD*${name}*3*${name}**${name}`,
        `DTP*${name}*D8*20260101`,
        'EB*R',
        `NM1*${name}*2*SOMEBODY`,
        `AAA*N**${name}*${name}`,
      ];
      const read = readLevels(subscriberLevel(...rows));
      expect(JSON.parse(JSON.stringify(read))).toEqual(read);
      expect(read.snapshots[0]?.costShares.map(({ per }) => per)).toEqual([undefined]);
    },
  );
});
