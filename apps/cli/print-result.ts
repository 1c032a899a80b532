import type { ReadAnswer, ReadRest } from '@openvob/coverage';
import type { StreamingIo } from './io';

/**
 * Prints a result as JSON with two blanks of indentation, answer by answer, so that no more than one of them is ever text at
 * once.
 */
export class ResultPrinter {
  private list: ListPrinter | undefined;

  constructor(private readonly io: StreamingIo) {}

  /** @param format of the whole result */
  async answer(answer: ReadAnswer, format: ReadRest['format']): Promise<void> {
    await this.begun(format).item(answer);
  }

  async end({ format, acknowledgements, issues }: ReadRest): Promise<void> {
    this.begun(format).end();
    for (const [name, items] of Object.entries({ acknowledgements, issues })) {
      const list = new ListPrinter(name, this.io);
      for (const item of items) await list.item(item);
      list.end();
    }
    this.io.stdout('\n}\n');
  }

  private begun(format: ReadRest['format']): ListPrinter {
    if (this.list === undefined) {
      this.io.stdout(`{\n  "format": ${JSON.stringify(format)}`);
      this.list = new ListPrinter('answers', this.io);
    }
    return this.list;
  }
}

/** One member of the result that is a list. */
class ListPrinter {
  private isEmpty = true;

  constructor(
    name: string,
    private readonly io: StreamingIo,
  ) {
    io.stdout(`,\n  "${name}": [`);
  }

  /** No text of JSON holds a line break of its own. */
  async item(value: unknown): Promise<void> {
    const text = JSON.stringify(value, undefined, 2).replaceAll('\n', '\n    ');
    this.io.stdout(`${this.isEmpty ? '' : ','}\n    ${text}`);
    this.isEmpty = false;
    await this.io.stdoutReady();
  }

  end(): void {
    this.io.stdout(this.isEmpty ? ']' : '\n  ]');
  }
}
