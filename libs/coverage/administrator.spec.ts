import { mergeSnapshots, type Snapshot } from '@openvob/benefits';
import { readSubscriber } from '@openvob/benefits/x12-271.fixture';
import { withAdministrator } from './administrator';
import { inItsPlace, isMedicareSecondary, namedPayers } from './ask-instead';
import { chooseIop } from './choose-iop';

const request = { track: 'mh', network: 'in', setting: 'in_person', on: '2026-03-10' } as const;
const decisionOf = (snapshot: Snapshot) => chooseIop(snapshot, request).iop;
const party = (name: string, role = 'Y2') => ['LS*2120', `NM1*${role}*2*${name}`, 'LE*2120'];
const plan = (...more: string[]) =>
  readSubscriber('EB*1**30*PR*EXAMPLE PPO', 'EB*C*IND*30***23*1500*****Y', 'EB*C*IND*30***29*600*****Y', ...more);
const carvedOut = plan('EB*A**MH*****.5****Y', 'EB*U**MH', ...party('LANTERN BEHAVIORAL'));
const administrator = (...more: string[]) => readSubscriber('EB*1**30', 'EB*A**MH*****.2****Y', ...more);
const together = (own: Snapshot, other: Snapshot) =>
  withAdministrator({ answer: 'inq_1', snapshot: own }, { answer: 'inq_2', snapshot: other });

describe('a plan with the administrator of its behavioral health', () => {
  it('is decided by what the administrator says, not by what the plan says of the same', () => {
    expect(decisionOf(carvedOut).decision).toBe('carved_out');
    const iop = decisionOf(together(carvedOut, administrator()).snapshot);
    expect(iop).toMatchObject({ decision: 'covered', coinsurance: { value: { percent: 20 } } });
    expect(iop.coinsurance?.source[0]?.answer).toBe('inq_2');
  });

  it('has the deductible of the plan where the administrator says nothing of one, and says so', () => {
    const { snapshot, fromPlan, disputed } = together(carvedOut, administrator());
    expect(decisionOf(snapshot).deductibleIndividual).toMatchObject({ value: { remainingCents: 60_000 } });
    expect([fromPlan, disputed]).toEqual([['deductible'], []]);
  });

  it('has the administrator’s own where it states one', () => {
    const own = administrator('EB*C*IND*30***23*1000*****Y', 'EB*C*IND*30***29*250*****Y');
    const { snapshot, fromPlan, disputed } = together(carvedOut, own);
    expect(decisionOf(snapshot).deductibleIndividual).toMatchObject({ value: { remainingCents: 25_000 } });
    expect([fromPlan, disputed]).toEqual([[], ['deductible']]);
  });

  it('is covered when the administrator is active without naming a service', () => {
    expect(decisionOf(together(carvedOut, readSubscriber('EB*1**30')).snapshot).decision).toBe('covered');
  });

  it('is still carved out when the administrator names the next one', () => {
    const next = administrator('EB*U**MH', ...party('WILLOW BEHAVIORAL'));
    expect(decisionOf(together(carvedOut, next).snapshot).decision).toBe('carved_out');
  });
});

describe('payers that a payer names', () => {
  it('have the place that it gives them', () => {
    const told = plan('EB*R**30', ...party('FIRST MUTUAL', 'PRP'), 'EB*R**30', ...party('SECOND MUTUAL', 'SEP'));
    expect(namedPayers(told, true).map(({ place, name }) => [place, name])).toEqual([
      ['primary', 'FIRST MUTUAL'],
      ['secondary', 'SECOND MUTUAL'],
    ]);
  });

  it('hold the coverage themselves where Medicare names an Advantage plan', () => {
    const told = readSubscriber('EB*1**30*MA', 'EB*R**30*HN', ...party('EXAMPLE ADVANTAGE', 'PR'));
    expect(decisionOf(told).decision).toBe('other_payer');
    expect(namedPayers(told, true)).toEqual([{ place: 'instead', name: 'EXAMPLE ADVANTAGE' }]);
  });

  it('pay before Medicare that says so of itself', () => {
    expect(isMedicareSecondary(readSubscriber('EB*1**30*12'))).toBe(true);
    expect(isMedicareSecondary(readSubscriber('EB*1**30*14'))).toBe(false);
  });

  it('no longer stand in the way once they are heeded', () => {
    const told = plan('EB*A**MH*****.2****Y', 'EB*R**30', ...party('FIRST MUTUAL', 'PRP'));
    expect([decisionOf(told).decision, decisionOf(inItsPlace(told)).decision]).toEqual(['other_payer', 'covered']);
  });
});

describe('several answers of one payer', () => {
  it('come to the same decision in any order', () => {
    const one = { answer: 'inq_1', snapshot: plan('EB*1**MH') };
    const two = { answer: 'inq_2', snapshot: administrator('EB*C*IND*30***29*600*****Y') };
    expect(decisionOf(mergeSnapshots([two, one]))).toEqual(decisionOf(mergeSnapshots([one, two])));
    expect(decisionOf(mergeSnapshots([one, two])).coinsurance).toMatchObject({ value: { percent: 20 } });
  });
});
