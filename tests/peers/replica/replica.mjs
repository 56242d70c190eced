// One replica of one peer in one process: what the town of tests/peers drives, line by line.
//
// Usage       node replica.mjs SYSTEM {"folder", "listen"?, "parent"?, "town"?, "keepId"?}
//             With `listen` it is the relay, which serves at that port; with `parent` a station.
// Protocol    Prints {"ready": {...}}; then each line {"id", "op", ...} is answered by {"id", "result"}
//             or {"id", "error"}. A change is answered once it is where the peer's users keep it.
// Operations  create, change, remove, read, history, compact, told, close
import readline from 'node:readline';
import { setUpTold, say, takeTold } from './told.mjs';

const [system, options] = [process.argv[2], JSON.parse(process.argv[3])];
const answer = (line) => process.stdout.write(JSON.stringify(line) + '\n');
setUpTold();
const { open } = await import(`./${system}.mjs`);
const store = await open(options);

const operations = {
  create: ({ record, fields }) => store.create(record, fields),
  change: ({ record, fields }) => store.change(record, fields),
  remove: ({ record }) => store.remove(record),
  read: () => store.read(),
  history: ({ values }) => store.history(values),
  compact: () => store.compact(),
  told: () => takeTold(),
  close: () => store.close(),
};

async function serve(line) {
  const { id, op, ...rest } = JSON.parse(line);
  try {
    answer({ id, result: (await operations[op](rest)) ?? null });
  } catch (error) {
    say('error', error);
    answer({ id, error: String(error?.message ?? error) });
  }
  if (op === 'close') process.exit(0);
}

answer({ ready: store.ready });
let last = Promise.resolve();
readline.createInterface({ input: process.stdin }).on('line', (line) => {
  last = last.then(() => serve(line));
});
