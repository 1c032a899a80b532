import { parseRemittance, procedureOf } from './remittance';

const line = { serviceDate: '2026-01-05', code: 'H0015', allowedCents: 30_000, paidCents: 26_000, patientCents: 4000 };
const totals = { kind: 'totals', payerId: 'p', from: '2026-01-01', through: '2026-01-31', patientCents: 5 };

describe('a remittance from JSON', () => {
  it('is read, reversals too, other keys ignored', () => {
    const lines = [line, { ...line, paidCents: -26_000, copayCents: -4000, patientCents: -4000 }];
    const remittance = { kind: 'lines', payerId: 'p', payerName: 'Example', through: '2026-02-01', lines };
    expect(parseRemittance({ ...remittance, note: 1 })).toEqual({ ok: true, remittance });
    expect(parseRemittance(totals)).toEqual({ ok: true, remittance: totals });
  });

  it.each([
    [7, '', 'wrong_type'],
    [{}, '/kind', 'missing'],
    [{ ...totals, kind: 'sum' }, '/kind', 'unknown_value'],
    [{ kind: 'lines', payerId: 'p', lines: [] }, '/lines', 'out_of_range'],
    [{ kind: 'lines', lines: [line] }, '/payerId', 'missing'],
    [{ kind: 'lines', payerId: 'p', lines: [{ ...line, serviceDate: 'x' }] }, '/lines/0/serviceDate', 'no_such_date'],
    [{ kind: 'lines', payerId: 'p', lines: [{ ...line, paidCents: 0.5 }] }, '/lines/0/paidCents', 'wrong_type'],
    [{ kind: 'lines', payerId: 'p', lines: Array(5001).fill(line) }, '/lines', 'too_large'],
    [{ ...totals, through: '2025-12-31' }, '/through', 'out_of_range'],
    [{ ...totals, patientCents: -1 }, '/patientCents', 'out_of_range'],
  ])('is refused at its place: %#', (json, path, code) => {
    expect(parseRemittance(json)).toMatchObject({ ok: false, error: { path, code } });
  });

  it.each([
    ['H0015', 'H0015'],
    [' H0015:HF:GT ', 'H0015'],
    ['HC:H0015:HF', 'H0015'],
    ['HC', 'HC'],
  ])('knows the procedure of %s', (code, procedure) => {
    expect(procedureOf(code)).toBe(procedure);
  });
});
