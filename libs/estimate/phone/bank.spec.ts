import { bank } from './bank';
import { questionId, questionRef } from './question-ref';

describe('the question bank', () => {
  it('has every row of the reference, in the order of a call', () => {
    expect([...new Set(bank.map(({ source }) => source))].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 30 }, (_, row) => row + 1),
    );
    const sections = bank.map(({ section }) => section);
    expect(sections.filter((section, at) => section !== sections[at - 1])).toEqual([...new Set(sections)]);
  });

  it('names every question once', () => {
    const codes = bank.map(({ code }) => code);
    expect(codes).toEqual([...new Set(codes)]);
  });

  it('unfolds a question only by an answer that the one before it has', () => {
    for (const [at, { onlyIf, isOfSide, isApart }] of bank.entries()) {
      if (!onlyIf) continue;
      const above = bank.findIndex(({ code }) => code === onlyIf.code);
      const question = bank[above];
      const value = question?.value;
      const allowed = value?.kind === 'choice' ? value.options.map((option) => option.value) : ['yes', 'no'];
      expect([onlyIf.code, above >= 0 && above < at]).toEqual([onlyIf.code, true]);
      expect(allowed).toEqual(expect.arrayContaining([...onlyIf.is]));
      expect([isOfSide, isApart]).toEqual([question?.isOfSide, question?.isApart]);
    }
  });

  it('asks in whole sentences, without a name of anybody', () => {
    for (const { ask } of bank) expect(ask).toMatch(/^[A-Z].*[?)]$/);
  });

  it.each(bank.map((question) => [question.code, question] as const))(
    'gives %s ids that are read back',
    (_code, question) => {
      const sides = question.isOfSide ? (['own', 'out_of_network'] as const) : (['own'] as const);
      const parts = question.isApart ? ([undefined, 'sud', 'mh'] as const) : ([undefined] as const);
      for (const coverage of [0, 1, 2])
        for (const side of sides)
          for (const part of parts) {
            const ref = { question, coverage, side, ...(part ? { part } : {}) };
            expect(questionRef(questionId(ref))).toEqual({ kind: 'bank', ...ref });
          }
    },
  );

  it.each([
    '',
    'copay',
    'copay:10',
    'copay:00',
    'cobra:0:o',
    'cobra:0:sud',
    'copay:0:o:both',
    'COPAY:0',
    'copay:0 ',
    'unsaid:copay',
  ])('knows no question %j', (id) => {
    expect(questionRef(id)).toBeUndefined();
  });
});
