// A screenshot with the 256 colours that it uses most: a page has few, and the file is a third of the size.
//
// Source  PNG (RFC 2083): only what Chromium writes is read: 8 bits, RGB or RGBA, not interlaced.
import { deflateSync, inflateSync } from 'node:zlib';

const HEAD = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
const COLOURS = 256;

function chunksOf(png) {
  const chunks = [];
  for (let at = HEAD.length; at < png.length;) {
    const length = png.readUInt32BE(at);
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return chunks;
}

const paeth = (left, up, corner) => {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
};

function unfilter(raw, width, height, bytes) {
  const line = width * bytes;
  const out = Buffer.alloc(line * height);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (line + 1)];
    for (let x = 0; x < line; x += 1) {
      const at = y * line + x;
      const left = x >= bytes ? out[at - bytes] : 0;
      const up = y > 0 ? out[at - line] : 0;
      const corner = x >= bytes && y > 0 ? out[at - line - bytes] : 0;
      const add = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter];
      out[at] = raw[y * (line + 1) + 1 + x] + add;
    }
  }
  return out;
}

function nearest(colour, palette) {
  let best = 0;
  let least = Infinity;
  palette.forEach((other, at) => {
    const [r, g, b] = [16, 8, 0].map((shift) => ((colour >> shift) & 255) - ((other >> shift) & 255));
    const away = 2 * r * r + 4 * g * g + 3 * b * b;
    if (away < least) [best, least] = [at, away];
  });
  return best;
}

function indexed(pixels, width, height, bytes) {
  const used = new Map();
  const colours = new Uint32Array(width * height);
  for (let i = 0; i < colours.length; i += 1) {
    const at = i * bytes;
    colours[i] = (pixels[at] << 16) | (pixels[at + 1] << 8) | pixels[at + 2];
    used.set(colours[i], (used.get(colours[i]) ?? 0) + 1);
  }
  const palette = [...used].sort((a, b) => b[1] - a[1]).slice(0, COLOURS).map(([colour]) => colour);
  const place = new Map(palette.map((colour, at) => [colour, at]));
  const rows = Buffer.alloc((width + 1) * height);
  colours.forEach((colour, i) => {
    if (!place.has(colour)) place.set(colour, nearest(colour, palette));
    rows[Math.floor(i / width) * (width + 1) + 1 + (i % width)] = place.get(colour);
  });
  return { palette, rows };
}

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let bit = 0; bit < 8; bit += 1) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n >>> 0;
});
const crc = (data) => (data.reduce((sum, byte) => TABLE[(sum ^ byte) & 255] ^ (sum >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc(body), body.length + 4);
  return out;
}

export function smaller(png) {
  const chunks = chunksOf(png);
  const header = Buffer.from(chunks[0].data);
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const bytes = { 2: 3, 6: 4 }[header[9]];
  if (header[8] !== 8 || !bytes || header[12] !== 0) throw new Error('not a PNG as Chromium writes it');
  const raw = inflateSync(Buffer.concat(chunks.filter((each) => each.type === 'IDAT').map((each) => each.data)));
  const { palette, rows } = indexed(unfilter(raw, width, height, bytes), width, height, bytes);
  header[9] = 3;
  return Buffer.concat([
    HEAD, chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]))),
    chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0)),
  ]);
}
