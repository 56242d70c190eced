// Weighs a build: what each surface loads at first (brotli), the voice, and the whole on disk. Exit 1 above a limit.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';

const dist = process.env.YZ_UI_OUT ?? fileURLToPath(new URL('../dist', import.meta.url));
const KB = 1024;
const LIMITS = { // first load, kilobytes; they may only go down
  counter: { js: 180, css: 40 }, hub: { js: 180, css: 40 },
  display: { all: 60 }, eval: { all: 60 }, ticket: { all: 60 },
};
const DISK_LIMIT_KB = 3.5 * 1024;
const VOICE_LIMIT_KB = 400;
const REQUESTS_MAX = 12;

const weigh = (files) => files.reduce((sum, file) => sum + brotliCompressSync(readFileSync(join(dist, file))).length, 0) / KB;
const sizeOnDisk = (folder) => readdirSync(folder, { withFileTypes: true })
  .reduce((sum, entry) => sum + (entry.isDirectory() ? sizeOnDisk(join(folder, entry.name)) : statSync(join(folder, entry.name)).size), 0);

let failed = false;
function judge(what, found, limit) {
  const over = found > limit;
  failed ||= over;
  console.log(`${over ? 'TOO HEAVY' : 'ok'}  ${what}: ${found.toFixed(1)} of ${limit}`);
}

for (const [surface, limit] of Object.entries(LIMITS)) {
  const html = readFileSync(join(dist, `${surface}.html`), 'utf8');
  const files = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map((match) => match[1]);
  const js = weigh(files.filter((file) => file.endsWith('.js')));
  const css = weigh(files.filter((file) => file.endsWith('.css')));
  if (limit.all) judge(`${surface}, kB`, js + css, limit.all);
  else {
    judge(`${surface} JS, kB`, js, limit.js);
    judge(`${surface} CSS, kB`, css, limit.css);
  }
  judge(`${surface}, files`, files.length + 2, REQUESTS_MAX);
}
judge('the voice on disk, kB', readdirSync(join(dist, 'assets')).filter((name) => name.endsWith('.ogg'))
  .reduce((sum, name) => sum + statSync(join(dist, 'assets', name)).size, 0) / KB, VOICE_LIMIT_KB);
judge('all pages on disk, kB', sizeOnDisk(dist) / KB, DISK_LIMIT_KB);
process.exit(failed ? 1 : 0);
