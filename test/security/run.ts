import { measure } from '../setup/measure';

// `npm run security -- S14`, or `all`: each bar is a module of this folder by its name in small letters.
const [name = '', ...rest] = process.argv.slice(2);

measure(__dirname, [name.toLowerCase(), ...rest]).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
