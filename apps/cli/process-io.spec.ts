import { displayOf } from './process-io';

describe('the display', () => {
  it('of a terminal has its width and colour', () => {
    expect(displayOf({ isTTY: true, columns: 132 }, undefined)).toEqual({ columns: 132, colour: true });
  });

  it('of a terminal that does not tell its width has 80 columns', () => {
    expect(displayOf({ isTTY: true, columns: 0 }, undefined)).toEqual({ columns: 80, colour: true });
  });

  it('of a file or pipe has 80 columns and no colour', () => {
    expect(displayOf({}, undefined)).toEqual({ columns: 80, colour: false });
  });

  it('has colour or none as the person wants it', () => {
    expect(displayOf({}, true).colour).toBe(true);
    expect(displayOf({ isTTY: true, columns: 80 }, false).colour).toBe(false);
  });
});
