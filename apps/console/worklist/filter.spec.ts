import { countOf, readFilter, searchBody } from './filter';

describe('the filter of the worklist', () => {
  test('keeps what it knows of the address and drops the rest', () => {
    expect(readFilter({ show: 'overdue', needs: 'call', q: 'Quillfeather', page: 7, assignee: '' })).toEqual({
      show: 'overdue',
      needs: 'call',
    });
    expect(readFilter({ show: 'everything' })).toEqual({});
  });

  test('asks for what waits for a person, first due first', () => {
    expect(searchBody({}, '', 'per_1')).toEqual({ open: 'true', sort: 'due', limit: '200' });
    expect(searchBody({ show: '30_minutes', assignee: 'me' }, ' ', 'per_1')).toEqual({
      assignee: 'per_1',
      open: 'true',
      sort: 'due',
      due: '30_minutes',
      limit: '200',
    });
  });

  test('a search looks everywhere, whatever tile is chosen', () => {
    expect(searchBody({ show: 'overdue', payer: 'pay_1' }, ' Quill ', 'per_1')).toEqual({
      payer: 'pay_1',
      q: 'Quill',
      sort: 'newest',
      limit: '200',
    });
  });

  test('all is the sum of what waits', () => {
    const counts = {
      overdue: 1,
      within30Minutes: 2,
      within2Hours: 3,
      today: 4,
      later: 5,
      mine: 6,
      unassigned: 7,
      underWay: 8,
    };
    expect(countOf('all', counts)).toBe(15);
    expect(countOf('under_way', counts)).toBe(8);
    expect(countOf('done', counts)).toBeUndefined();
  });
});
