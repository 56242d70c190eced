// A slip as it lies on the counter: its first page in dots of a 203 dpi printer, its codes as a scanner reads them.
//
// What        sheetOf(pdf): the bytes of a slip as {pages, widthMm, heightMm, ink, codes, text}.
// Units       Millimetres. `ink`: where the first and the last dark dot of any line lie.
// Errors      throws where a program of poppler or zbar fails; a sheet without a code has none.
import { execFileSync, spawnSync } from 'node:child_process';

const DPI = 203;
const DOTS_PER_MM = DPI / 25.4;
const DARK = 128;
const run = (program, args, input) => execFileSync(program, args, { input, maxBuffer: 64 << 20 });

function dotsOf(pgm) {
  const [head, width, height] = /^P5\s(\d+)\s(\d+)\s255\s/.exec(pgm.subarray(0, 40).toString('latin1'));
  return { width: Number(width), height: Number(height), grey: pgm.subarray(head.length) };
}

function inkOf({ width, grey }) {
  let [left, right] = [width, 0];
  grey.forEach((dot, at) => {
    if (dot >= DARK) return;
    left = Math.min(left, at % width);
    right = Math.max(right, (at % width) + 1);
  });
  return { left: left / DOTS_PER_MM, right: right / DOTS_PER_MM };
}

function codesOf(pgm) {
  const read = spawnSync('zbarimg', ['--nodbus', '--quiet', '--raw', '-Sdisable', '-Sqrcode.enable', '-'], { input: pgm, encoding: 'utf8' });
  if (read.status !== 0 && read.status !== 4) throw new Error(`zbarimg: ${read.stderr}`); // 4: no code
  return read.stdout.split('\n').filter((code) => code !== '');
}

export function sheetOf(pdf) {
  const pgm = run('pdftoppm', ['-r', String(DPI), '-gray', '-f', '1', '-singlefile', '-'], pdf);
  const dots = dotsOf(pgm);
  return {
    pages: Number(/^Pages:\s+(\d+)/m.exec(run('pdfinfo', ['-'], pdf).toString())[1]),
    widthMm: dots.width / DOTS_PER_MM, heightMm: dots.height / DOTS_PER_MM,
    ink: inkOf(dots), codes: codesOf(pgm), text: run('pdftotext', ['-layout', '-', '-'], pdf).toString(),
  };
}
