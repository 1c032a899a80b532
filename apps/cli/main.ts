import { endWhenReaderLeaves, processIo } from './process-io';
import { runVob } from './subcommands';

endWhenReaderLeaves();
runVob(process.argv.slice(2), processIo()).then(
  (code) => {
    process.exitCode = code;
  },
  (thrown: unknown) => {
    console.error(thrown);
    process.exitCode = 1;
  },
);
