import type { Source } from '@openvob/benefits';
import type { DocumentLanguage } from '../content';
import { dateIn } from '../formats';
import type { SummaryWords } from '../words';

/** Collects where figures come from: each place once, numbered in the order in which it is first referred to. */
export class SourceList {
  private readonly numbers = new Map<string, number>();

  /** @param payerOf the payer of an answer, by its inquiry; told where a source stands in one of several answers */
  constructor(
    private readonly own: SummaryWords,
    private readonly language: DocumentLanguage,
    private readonly payerOf: (inquiryId: string) => string | undefined,
  ) {}

  /** The numbers of these sources, e.g. `1, 4–6`. @param payer whose answer they stand in */
  refer(sources: readonly Source[], payer?: string): string {
    const numbers = sources.map((source) => this.numberOf(this.textOf(source, payer)));
    return runsOf([...new Set(numbers)].sort((a, b) => a - b));
  }

  /** The list itself, from 1 on. */
  texts(): string[] {
    return [...this.numbers.keys()];
  }

  private numberOf(text: string): number {
    const number = this.numbers.get(text) ?? this.numbers.size + 1;
    this.numbers.set(text, number);
    return number;
  }

  private textOf({ segment, raw, path, answer, call, authorization }: Source, payer: string | undefined): string {
    if (call) {
      const told = this.own.callSource(dateIn(this.language, call.date), call.representative, call.reference);
      return call.words ? `${told}: “${call.words}”` : told;
    }
    if (authorization) return this.own.authorizationSource(authorization.number);
    const whose = (answer ? this.payerOf(answer) : undefined) ?? payer;
    const place = segment === undefined ? this.own.place(path ?? '/') : this.own.segment(segment);
    return [`${whose ? `${whose}, ` : ''}${place}`, ...(raw ? [raw] : [])].join(': ');
  }
}

/** Numbers in a row as their first and last. */
function runsOf(numbers: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last?.[1] === number - 1) last[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`)).join(', ');
}
