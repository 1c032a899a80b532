import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of published X12 samples that lies beside the checkout, if it does. */
export function samplesFolder(): string | undefined {
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const candidate = join(folder, 'shared', 'samples', 'x12');
    if (existsSync(candidate)) return candidate;
  }
  return undefined;
}
