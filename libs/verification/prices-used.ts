import { rateBook, rateHolds } from '@openvob/estimate';
import { expandSchedule } from '@openvob/programs';
import type { EstimateBasis, FacilityRate, PriceUsed } from './ports';
import type { CoverageAnswer, WorkedOut } from './worked-out';

export interface PricesUsed {
  readonly prices: PriceUsed[];
  /** Of those that are used on a day for which they were not entered. */
  readonly assumed: EstimateBasis['assumptions'];
}

/** The price of each thing that the program bills, for the networks that come into question, on each of its days; in the order of their first use. */
export function pricesUsed({ built, answers, network }: WorkedOut): PricesUsed {
  const rates = built.case.rates as readonly FacilityRate[];
  const book = rateBook(rates);
  const sides = network.side === 'unknown' ? (['in', 'out'] as const) : [network.side];
  const used = new Set<FacilityRate>();
  const outside = new Set<FacilityRate>();
  for (const { date, services } of expandSchedule(built.case.program, built.case.startDate).days)
    for (const { code } of services)
      for (const side of sides) {
        const rate: FacilityRate | undefined = book.find(code, side, date);
        if (!rate) continue;
        used.add(rate);
        if (!rateHolds(rate, date)) outside.add(rate);
      }
  return {
    prices: [...used].flatMap((rate) => priceOf(rate, answers)),
    assumed: [...outside].map((rate) => outsideItsDates(rate, rates.indexOf(rate))),
  };
}

/** Nothing of a rate whose source nobody said: it is none of the facility's. */
function priceOf(rate: FacilityRate, answers: readonly CoverageAnswer[]): PriceUsed[] {
  const { code, network, allowedCents, chargeCents, payerId, source, from, to } = rate;
  if (source === undefined) return [];
  const payer = payerId === undefined ? undefined : { id: payerId, name: payerNameOf(payerId, answers) };
  return [
    {
      ...{ code, network, allowedCents, source },
      ...(chargeCents === undefined ? {} : { chargeCents }),
      ...(payer ? { payer } : {}),
      ...(from ? { from } : {}),
      ...(to ? { to } : {}),
    },
  ];
}

function payerNameOf(id: string, answers: readonly CoverageAnswer[]): string {
  const named = answers.flatMap(({ payerId, payerName, administrator }) => [
    { id: payerId, name: payerName },
    ...(administrator ? [administrator] : []),
  ]);
  return named.find((one) => one.id === id)?.name ?? id;
}

function outsideItsDates({ code, from, to }: FacilityRate, index: number): EstimateBasis['assumptions'][number] {
  const bounds = [from ? `from ${from}` : '', to ? `to ${to}` : ''].filter(Boolean).join(' ');
  return {
    code: 'price_outside_its_dates',
    text: `The price of ${code}, entered for ${bounds}, is also used on program days for which none is entered.`,
    path: `/rates/${index}`,
  };
}
