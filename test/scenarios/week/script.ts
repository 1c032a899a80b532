import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { phoned } from '../../setup/phoned';
import { requestFor } from '../../setup/spine';
import type { Happening, Week } from './week';

/** The facility of the tests works in this time zone. */
export const timeZone = 'America/New_York';
/** Monday, eight in the morning. */
export const from = '2026-12-28T13:00:00Z';
export const until = '2027-01-04T12:00';

/** A request of that Monday, whatever day it is in truth: consents and starts lie around it. */
const requestAt = (memberId: string, change: object = {}): Record<string, unknown> =>
  requestFor(memberId, change, new Date(from));

const example = join(process.cwd(), 'apps/cli/examples/answer.271');

/** What Northwind says of a member: of the deductible of $1,500, of another plan year also of another one, so many dollars are left. */
function northwindSays(deductible: { limit: number; left: number }, maximumLeft: number): string {
  return readFileSync(example, 'utf8')
    .replace('EB*C*IND*30***23*1500*****Y', `EB*C*IND*30***23*${deductible.limit}*****Y`)
    .replace('EB*C*IND*30***29*600*****Y', `EB*C*IND*30***29*${deductible.left}*****Y`)
    .replace('EB*G*IND*30***29*3900*****Y', `EB*G*IND*30***29*${maximumLeft}*****Y`);
}

const admission = (startDate: string) => ({ admission: { network: 'in', startDate } });

async function askMany(week: Week, names: string, prefix: string, count: number, change: object = {}): Promise<void> {
  for (let serial = 1; serial <= count; serial += 1)
    await week.ask(`${names} ${serial}`, requestAt(`${prefix}${String(serial).padStart(4, '0')}`, change));
}

/** A week that goes wrong in most of the ways that weeks do: what a benefits expert would want to come of each is in the timeline. */
export const happenings: readonly Happening[] = [
  {
    at: '2026-12-28T08:00',
    do: async (week) => {
      // ids decide the minute of a re-check: within five minutes they are the same in every week
      const admin = await week.callerOf('admin');
      await admin.patch('/v1/facility/rechecks', { from: '02:00', until: '02:05' });
    },
  },
  {
    at: '2026-12-28T08:30',
    note: 'Two everyday requests, one of a plan that leaves the cost unsaid',
    do: async (week) => {
      await week.ask('everyday', requestAt('NWH0010001', admission('2026-12-30')));
      await week.ask('unsaid', requestAt('NWH0030001', admission('2026-12-30')));
    },
  },
  {
    at: '2026-12-28T08:45',
    note: 'Behavioral health carved out: to an administrator, which is asked by itself; in a circle; to one that does not know the member',
    do: async (week) => {
      await week.ask('carve-out', requestAt('NWH0330001', admission('2026-12-30')));
      await week.ask('in a circle', requestAt('CBH1030001', admission('2026-12-30')));
      await week.ask('unknown to the administrator', requestAt('NWH0140001', admission('2026-12-30')));
    },
  },
  {
    at: '2026-12-28T09:00',
    note: 'A program that began two weeks ago, its deductible met; one whose plan ends with the year; an admission that the payer does not speak of yet',
    do: async (week) => {
      await week.payers.putAnswer('NWH0010901', northwindSays({ limit: 1500, left: 0 }, 2800));
      await week.payers.putAnswer('NWH0010902', northwindSays({ limit: 1500, left: 600 }, 3900));
      await week.ask('new benefit year', requestAt('NWH0010901', admission('2026-12-14')));
      await week.ask('coverage ends', requestAt('NWH0010902', admission('2026-12-21')));
      await week.ask('not spoken of yet', requestAt('NWH0450903', admission('2027-01-04')));
    },
  },
  {
    at: '2026-12-28T09:15',
    note: 'Another facility, two hours behind, asks about an admission of its own',
    do: async (week) => {
      await week.openElsewhere({ from: '02:00', until: '02:05' });
      await week.ask(
        'in the mountains',
        requestAt('NWH0010904', { ...admission('2026-12-30'), program: { id: 'prg_mountains' } }),
        'elsewhere',
      );
    },
  },
  {
    at: '2026-12-28T10:00',
    note: 'Cedar & Vale goes down for six hours',
    do: (week) => week.payers.playFault({ kind: 'status', status: 503, payerId: 'CV002' }),
  },
  {
    at: '2026-12-28T10:10',
    note: 'Six requests to Cedar & Vale; one caller waits and needs an answer by eleven',
    do: async (week) => {
      await askMany(week, 'during the outage', 'CVM001', 5, admission('2027-01-04'));
      const waiting = { ...admission('2027-01-04'), priority: 'caller_waiting', neededBy: '2026-12-28T16:00:00Z' };
      await week.ask('needed by eleven', requestAt('CVM0010009', waiting));
    },
  },
  {
    at: '2026-12-28T10:30',
    note: 'Other payers are asked as ever',
    do: (week) => askMany(week, 'other payer', 'SRA001', 3, admission('2027-01-04')),
  },
  {
    at: '2026-12-28T11:20',
    note: 'Coordinators phone Cedar & Vale: about the one that was needed by eleven, and about one that waits',
    do: async (week) => {
      await week.act('needed by eleven', 'calls', phoned('2026-12-28T16:05:00Z'));
      await week.act('during the outage 1', 'calls', phoned('2026-12-28T16:15:00Z'));
    },
  },
  { at: '2026-12-28T16:00', note: 'Cedar & Vale is back', do: (week) => week.payers.clearFaults() },
  {
    at: '2026-12-29T09:00',
    note: 'An ordinary morning at Harborlight',
    do: (week) => askMany(week, 'Harborlight', 'HLC001', 8, admission('2027-01-04')),
  },
  {
    at: '2026-12-29T13:00',
    note: 'Harborlight turns everybody away as unknown: an outage that looks like wrong member ids',
    do: (week) => week.payers.playFault({ kind: 'reject', code: '75', payerId: 'HL005' }),
  },
  {
    at: '2026-12-29T13:05',
    note: 'Ten requests to Harborlight',
    do: (week) => askMany(week, 'right member id', 'HLC002', 10, admission('2027-01-04')),
  },
  { at: '2026-12-29T15:00', note: 'Harborlight knows its members again', do: (week) => week.payers.clearFaults() },
  {
    at: '2026-12-30T09:00',
    note: 'A member id with a slip; no outage this time',
    do: async (week) => {
      await week.ask('slip', requestAt('NWH0060001', admission('2027-01-04')));
    },
  },
  {
    at: '2026-12-30T09:30',
    note: 'The coordinator corrects the member id',
    do: async (week) => {
      const { coverages } = requestAt('NWH0010002') as { coverages: object[] };
      await week.act('slip', 'information', { coverages });
    },
  },
  {
    at: '2026-12-30T10:00',
    note: 'The routine lane is stuck',
    do: async (week) => {
      week.queue.hold('routine');
      await askMany(week, 'behind a stuck lane', 'GPA001', 3, { ...admission('2027-01-04'), priority: 'routine' });
      await week.ask(
        'caller meanwhile',
        requestAt('GPA0010009', { ...admission('2027-01-04'), priority: 'caller_waiting' }),
      );
    },
  },
  {
    at: '2026-12-30T12:00',
    note: 'The lane moves again; the jobs that lay in it are lost',
    do: async (week) => week.queue.restartEmpty('routine'),
  },
  {
    at: '2026-12-31T20:00',
    note: 'The new year at all payers: nothing of it is used yet; one deductible at Northwind is $2,000 now, and one member has left',
    do: async (week) => {
      await week.payers.putAnswer('NWH0010901', northwindSays({ limit: 2000, left: 2000 }, 5000));
      await week.payers.putAnswer(
        'NWH0010902',
        northwindSays({ limit: 1500, left: 1500 }, 5000)
          .replace(/EB\*1\*\*30\*PR[^~]*~/, 'EB*6**30~')
          .replace(/EB\*1\*\*CJ[^~]*~\s*/, ''),
      );
    },
  },
];
