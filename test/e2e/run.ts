import { join } from 'node:path';
import { measure } from '../setup/measure';

measure(join(__dirname, 'matrix'), process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
