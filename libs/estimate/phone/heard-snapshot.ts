import type { CoverageStatus, Snapshot, Source } from '@openvob/benefits';
import type { IopBenefit } from '@openvob/coverage';
import type { Track } from '@openvob/programs';
import { agreed, type CoverageWords } from './coverage-words';
import type { Statement } from './hear';
import type { Said } from './phone-answer';
import type { Referee } from './referee';

/** The call as the source of a figure. */
export function sourceOf(said: Said): Source {
  const { call, on, representative, referenceNumber, words } = said;
  return { call: { id: call, date: on, representative, reference: referenceNumber, ...(words ? { words } : {}) } };
}

/** What is known of a coverage when nothing was answered electronically. */
export function unansweredSnapshot(payer: string): Snapshot {
  return {
    outcome: 'benefits',
    rejections: [],
    trace: [],
    payer: { name: payer },
    provider: {},
    subscriber: {},
    patient: {},
    status: 'unknown',
    spans: [],
    plans: [],
    coverages: [],
    accumulators: [],
    costShares: [],
    limits: [],
    authorizations: [],
    exclusions: [],
    entities: [],
    otherPayers: [],
    messages: [],
  };
}

interface Hearing {
  readonly words: CoverageWords;
  readonly referee: Referee;
  /** JSON Pointer to the coverage. */
  readonly path: string;
  readonly track: Track;
  /** What an answer alone says of the program. */
  decide(snapshot: Snapshot): IopBenefit;
}

/**
 * An answer as it reads beside what was said by phone of the coverage as a whole: whether it is in force and since when, who holds the benefit,
 * whether the program is covered. Figures stay as they are; the kept answer is not touched.
 */
export function heardSnapshot(snapshot: Snapshot, hearing: Hearing): Snapshot {
  const dated = withDates(withStatus(snapshot, hearing), hearing);
  const elsewhere = withCarveOut(dated, hearing.decide(dated), hearing);
  return withCoverage(elsewhere, hearing.decide(elsewhere), hearing);
}

function withStatus(snapshot: Snapshot, { words, referee, path }: Hearing): Snapshot {
  const said = words.own.word('coverage_active');
  if (!said) return snapshot;
  const status: CoverageStatus = said.value === 'yes' ? 'active' : 'inactive';
  if (snapshot.status === status) return snapshot;
  const isOpposite = snapshot.status === 'active' || snapshot.status === 'inactive';
  if (isOpposite) {
    const phone = { ...said, value: status };
    if (
      referee.used({ path: `${path}/active`, code: 'coverage_active', electronic: snapshot.status, phone }) ===
      'electronic'
    )
      return snapshot;
  }
  return ofStatus(snapshot, status, sourceOf(said.said));
}

/** The rows that told of another status no longer count. */
function ofStatus(snapshot: Snapshot, status: 'active' | 'inactive', source: Source): Snapshot {
  const { basis } = snapshot;
  const row = { says: 'coverage' as const, status, network: 'either' as const, serviceTypes: ['30'], source };
  const rows = (basis?.rows ?? []).filter((one) => one.says !== 'coverage' || one.status === status);
  return {
    ...snapshot,
    status,
    coverages: [...snapshot.coverages.filter((one) => one.status === status), { ...row, serviceTypes: ['30'] }],
    ...(basis ? { basis: { ...basis, planDates: [], rows: [...rows, row] } } : {}),
  };
}

/** The dates that were stated take the place of those of the answer. */
function withDates(snapshot: Snapshot, { words, referee, path }: Hearing): Snapshot {
  const from = words.own.word('effective_date');
  const to = words.own.word('end_date');
  if (!from && !to) return snapshot;
  const span =
    snapshot.spans.find(({ what }) => what === 'eligibility') ?? snapshot.spans.find(({ what }) => what === 'plan');
  const begins = chosenDate('effective_date', span?.from, from, `${path}/active/0/from`, referee);
  const ends = chosenDate('end_date', span?.to, to, `${path}/active/0/to`, referee);
  const said = to ?? from;
  if (!said || (begins && ends && ends < begins)) return snapshot;
  const stated = { ...(begins ? { from: begins } : {}), ...(ends ? { to: ends } : {}) };
  return {
    ...snapshot,
    spans: [
      ...snapshot.spans.filter(({ what }) => what !== 'eligibility' && what !== 'plan'),
      { ...stated, what: 'eligibility', source: sourceOf(said.said) },
      ...snapshot.spans.filter(({ what }) => what === 'plan'),
    ],
  };
}

function chosenDate(
  code: 'effective_date' | 'end_date',
  electronic: string | undefined,
  phone: Statement<string> | undefined,
  path: string,
  referee: Referee,
): string | undefined {
  if (!phone) return electronic;
  const value = phone.value === 'none' ? undefined : phone.value;
  if (electronic === undefined || electronic === value) return value;
  const used = referee.used({ path, code, electronic, phone: { ...phone, value: phone.value } });
  return used === 'phone' ? value : electronic;
}

function withCarveOut(snapshot: Snapshot, electronic: IopBenefit, { words, referee, path }: Hearing): Snapshot {
  const said = words.own.word('carved_out');
  if (!said) return snapshot;
  const isSaid = said.value === 'yes';
  if (isSaid === (electronic.decision === 'carved_out')) return isSaid ? named(snapshot, words, said) : snapshot;
  if (electronic.decision !== 'unknown') {
    const used = referee.used<string>({
      path: `${path}/decision`,
      code: 'carved_out',
      electronic: electronic.decision,
      phone: { ...said, value: isSaid ? 'carved_out' : 'not_carved_out' },
      isPhoneOfProgram: true,
      isElectronicOfProgram: true,
    });
    if (used === 'electronic') return snapshot;
  }
  if (isSaid) return named(snapshot, words, said);
  const { carveOut: _, ...rest } = snapshot;
  return rest;
}

function named(snapshot: Snapshot, words: CoverageWords, said: Statement<string>): Snapshot {
  const entity = words.own.word('carve_out_name')?.value ?? snapshot.carveOut?.entity ?? 'another company';
  const phone = words.own.word('carve_out_phone')?.value ?? snapshot.carveOut?.phone;
  return {
    ...snapshot,
    carveOut: { ...snapshot.carveOut, entity, ...(phone ? { phone } : {}), source: sourceOf(said.said) },
  };
}

/** Service types under which coverage of a program is stated, by track. */
const SERVICE_TYPES: Record<Track, readonly string[]> = { sud: ['CJ'], mh: ['CH'], dual: ['CJ', 'CH'] };

function withCoverage(snapshot: Snapshot, electronic: IopBenefit, hearing: Hearing): Snapshot {
  const { words, referee, path } = hearing;
  const said = coverageSaid(words);
  if (!said) return snapshot;
  const isCovered = said.value === 'covered';
  const isCoveredAlready = electronic.decision === 'covered' || electronic.decision === 'covered_with_conditions';
  if (isCovered && isCoveredAlready) return snapshot;
  if (electronic.decision !== 'unknown' && electronic.decision !== said.value) {
    const used = referee.used<string>({
      path: `${path}/decision`,
      code: 'iop_covered',
      electronic: electronic.decision,
      phone: said,
      isPhoneOfProgram: true,
      isElectronicOfProgram: true,
    });
    if (used === 'electronic') return snapshot;
  }
  return isCovered ? covering(snapshot, said.said, hearing.track) : excluding(snapshot, said.said, hearing.track);
}

/** What the representative said of the program itself, of exclusions and of what the facility must be. */
function coverageSaid(words: CoverageWords): Statement<'covered' | 'not_covered'> | undefined {
  const against = [
    only(agreed(words.views, 'exclusion_applies'), 'yes'),
    only(agreed(words.views, 'accreditation_met'), 'no'),
    only(agreed(words.views, 'iop_covered'), 'no'),
  ].find((said) => said !== undefined);
  if (against) return { ...against, value: 'not_covered' };
  const covered = only(agreed(words.views, 'iop_covered'), 'yes');
  return covered ? { ...covered, value: 'covered' } : undefined;
}

function only(said: Statement<string> | undefined, value: string): Statement<string> | undefined {
  return said?.value === value ? said : undefined;
}

/** Covered for this patient, so in force, and by this payer. */
function covering(snapshot: Snapshot, said: Said, track: Track): Snapshot {
  const source = sourceOf(said);
  const { carveOut: _, ...own } = snapshot.status === 'inactive' ? snapshot : ofStatus(snapshot, 'active', source);
  const serviceTypes = [...SERVICE_TYPES[track]];
  const row = { network: 'either' as const, status: 'active' as const, serviceTypes, source };
  const others = new Set(['other_payer', 'managed_care']);
  return {
    ...own,
    exclusions: [],
    otherPayers: own.otherPayers.map((payer) => (payer.order === 'primary' ? { ...payer, order: 'unknown' } : payer)),
    coverages: [...own.coverages, row],
    ...(own.basis
      ? {
          basis: {
            ...own.basis,
            rows: [...own.basis.rows.filter(({ says }) => !others.has(says)), { ...row, says: 'coverage' as const }],
          },
        }
      : {}),
  };
}

/** An exclusion of the program's own procedure stands against any coverage of a broader service. */
function excluding(snapshot: Snapshot, said: Said, track: Track): Snapshot {
  const source = sourceOf(said);
  const { carveOut: _, ...own } = snapshot;
  const serviceTypes = [...SERVICE_TYPES[track]];
  const exclusion = { serviceTypes, network: 'either' as const, procedure: track === 'mh' ? 'S9480' : 'H0015', source };
  const inForce = own.status === 'inactive' ? own : ofStatus(own, 'active', source);
  return { ...inForce, exclusions: [...own.exclusions, exclusion] };
}
