import type { Snapshot } from '@openvob/benefits';
import { unansweredSnapshot } from '@openvob/estimate';
import { type AskedCoverage, inPayersOrder, isAnswered, type Statement, withdrawn } from './payers-order';
import type { Transition } from './ports';

const waiting: Transition = { event: 'payer_unavailable', to: 'waiting_for_payer', reason: 'payer_down', needs: [] };

function asked(name: string, position: number, change: Partial<Snapshot> = {}): AskedCoverage {
  const payer = { id: `pay_${name.toLowerCase()}`, name };
  const snapshot: Snapshot = { ...unansweredSnapshot(name), outcome: 'benefits', status: 'active', ...change };
  return {
    target: { position, payer, memberId: undefined },
    outcome: { kind: 'answered', answer: { position, payerId: payer.id, payerName: name, snapshot } },
    links: [],
  };
}

function heldUp(name: string, position: number): AskedCoverage {
  const payer = { id: `pay_${name.toLowerCase()}`, name };
  return {
    target: { position, payer, memberId: undefined },
    outcome: { kind: 'held_up', payer, position, transition: waiting },
    links: [],
  };
}

const says = (by: AskedCoverage, place: Statement['place'], of: AskedCoverage | string): Statement =>
  typeof of === 'string' ? { by, place, name: of } : { by, place, name: of.target.payer.name, payer: of.target.payer };
const names = (coverages: readonly AskedCoverage[]): string[] => coverages.map(({ target }) => target.payer.name);
const notes = (coverages: readonly AskedCoverage[]): string[] =>
  coverages
    .flatMap(({ outcome }) => (isAnswered(outcome) ? (outcome.answer.assumptions ?? []) : []))
    .map(({ code }) => code);

const elm = { id: 'pay_elm', name: 'Elm' };
const [alder, birch, cedar] = [asked('Alder', 0), asked('Birch', 1), asked('Cedar', 2)];

describe('coverages in the order in which payers say that they pay', () => {
  test('keep the order of the request where no payer speaks', () => {
    const ordered = inPayersOrder([alder, birch, cedar], []);
    expect(names(ordered)).toEqual(['Alder', 'Birch', 'Cedar']);
    expect(notes(ordered)).toEqual([]);
  });

  test('follow a payer that names another one as paying first, and say so', () => {
    const ordered = inPayersOrder([alder, birch], [says(alder, 'primary', birch)]);
    expect(names(ordered)).toEqual(['Birch', 'Alder']);
    expect(notes(ordered)).toEqual(['order_as_payers_say']);
  });

  test('follow a payer that names another one as paying after it', () => {
    expect(names(inPayersOrder([alder, birch], [says(birch, 'secondary', alder)]))).toEqual(['Birch', 'Alder']);
    expect(names(inPayersOrder([alder, birch], [says(alder, 'secondary', birch)]))).toEqual(['Alder', 'Birch']);
  });

  test('keep the order of the request where payers contradict each other, and say so', () => {
    const ordered = inPayersOrder([alder, birch], [says(alder, 'primary', birch), says(birch, 'primary', alder)]);
    expect(names(ordered)).toEqual(['Alder', 'Birch']);
    expect(notes(ordered)).toEqual(['payers_disagree_on_order']);
  });

  test('give the place of one whose coverage another payer holds to that one', () => {
    const ordered = inPayersOrder([alder, birch], [says(alder, 'instead', birch)]);
    expect(names(ordered)).toEqual(['Birch']);
    expect(notes(ordered)).toContain('coverage_held_by');
  });

  test('put Medicare behind a group plan when it says that it pays second', () => {
    const row = { says: 'coverage', product: '12', source: { segment: 4 } } as const;
    const medicare = asked('Medicare', 0, { basis: { rows: [row] } } as unknown as Partial<Snapshot>);
    expect(names(inPayersOrder([medicare, birch], []))).toEqual(['Birch', 'Medicare']);
  });

  test('name a payer that pays later and was not asked, and do not count it', () => {
    const ordered = inPayersOrder([alder], [says(alder, 'secondary', 'Dogwood')]);
    expect(names(ordered)).toEqual(['Alder']);
    expect(notes(ordered)).toEqual(['further_coverage_not_counted']);
  });

  test('stay behind a first one that has to be called, and one that names it as paying first answers for itself', () => {
    const toCall = { ...heldUp('Elm', 0), outcome: { kind: 'by_phone' as const, ...{ payer: elm, position: 0 } } };
    const naming = asked('Birch', 1, { otherPayers: [{ name: 'Elm', order: 'primary', source: { segment: 7 } }] });
    const ordered = inPayersOrder([toCall, naming], [says(naming, 'primary', toCall)]);
    expect(names(ordered)).toEqual(['Elm', 'Birch']);
    expect(ordered.flatMap(({ outcome }) => (isAnswered(outcome) ? outcome.answer.snapshot.otherPayers : []))).toEqual(
      [],
    );
  });

  test('leave one that did not answer behind those that did', () => {
    expect(names(inPayersOrder([alder, heldUp('Elm', 1), cedar], [says(alder, 'primary', cedar)]))).toEqual([
      'Cedar',
      'Alder',
      'Elm',
    ]);
  });

  test('stay as they are where the first did not answer with benefits', () => {
    const all = [heldUp('Elm', 0), birch];
    expect(inPayersOrder(all, [says(birch, 'primary', alder)])).toBe(all);
    expect(inPayersOrder([], [])).toEqual([]);
  });

  test('free a payer that is heeded from what it said of others', () => {
    const otherPayers = [{ order: 'primary' as const, name: 'Birch', source: { segment: 7 } }];
    const speaking = asked('Alder', 0, { otherPayers });
    const ordered = inPayersOrder([speaking, birch], [says(speaking, 'primary', birch)]);
    const [, last] = ordered;
    expect(last && isAnswered(last.outcome) ? last.outcome.answer.snapshot.otherPayers : undefined).toEqual([]);
  });
});

test('a payer that is waited for is told from one that did not answer', () => {
  expect(withdrawn(waiting)).toBe('waiting');
  expect(withdrawn({ ...waiting, to: 'needs_call' })).toBe('unanswered');
});
