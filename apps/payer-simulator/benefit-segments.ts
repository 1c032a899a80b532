import type { CivilDate } from '@openvob/benefits';
import type { BenefitRow, NamedEntity, RelativeDate } from './content';
import type { Elements } from './message';
import { packDate, resolveDate } from './relative-date';

/** What rows are written against. */
export interface RowContext {
  readonly asked: CivilDate;
  readonly planName: string;
}

/** One EB loop: EB, DTP, MSG and the 2120 loop, in the order of the guide (TR3 005010X279A1, 2110C). */
export function benefitSegments(row: BenefitRow, context: RowContext): Elements[] {
  return [
    eb(row, context.planName),
    ...(row.dates ?? []).map((date) => dateSegment(date, context.asked)),
    ...(row.messages ?? []).map((text): Elements => ['MSG', text]),
    ...(row.entity === undefined ? [] : entitySegments(row.entity)),
  ];
}

/** DTP with one date or a range. */
export function dateSegment(
  date: { readonly qualifier: string; readonly from: RelativeDate; readonly to?: RelativeDate },
  asked: CivilDate,
): Elements {
  const from = packDate(resolveDate(date.from, asked));
  if (date.to === undefined) return ['DTP', date.qualifier, 'D8', from];
  return ['DTP', date.qualifier, 'RD8', `${from}-${packDate(resolveDate(date.to, asked))}`];
}

function eb(row: BenefitRow, planName: string): Elements {
  return [
    'EB',
    row.code,
    row.level ?? '',
    row.serviceTypes,
    row.insuranceType ?? '',
    row.namesPlan ? planName : '',
    row.period ?? '',
    row.cents === undefined ? '' : dollars(row.cents),
    row.percent === undefined ? '' : fraction(row.percent),
    row.quantity?.unit ?? '',
    row.quantity === undefined ? '' : String(row.quantity.count),
    row.authorization ?? '',
    row.network ?? '',
  ];
}

function entitySegments(entity: NamedEntity): Elements[] {
  const [qualifier, value] = entity.memberId === undefined ? ['PI', entity.id] : ['MI', entity.memberId];
  const id = value === undefined ? [] : ['', '', '', '', qualifier, value];
  const phone: Elements[] = entity.phone === undefined ? [] : [['PER', 'IC', '', 'TE', entity.phone]];
  return [['LS', '2120'], ['NM1', entity.role, '2', entity.name, ...id], ...phone, ['LE', '2120']];
}

/** 150000 cents are `1500`, 2550 are `25.5`: X12 decimals carry no trailing zeros. */
function dollars(cents: number): string {
  return String(cents / 100);
}

/** EB08 is a fraction: 20 percent is `.2`, 100 percent is `1`. */
function fraction(percent: number): string {
  return String(percent / 100).replace(/^0(?=\.)/, '');
}
