// The clock of page.mjs: from a key press to a paint, in pages whose processor is throttled, and the disk beside them.
//
// Units       milliseconds. A paint's time is that of a message posted from its frame's callback, which is read
//             after the frame: never too early.
import { fdatasyncSync, writeSync } from 'node:fs';

const THROTTLE = 4;
const BLOCK = Buffer.alloc(4096, 0x59);

const p95 = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length * 0.95)];
export const report = (scenario, ours, limit) => console.log(JSON.stringify({ scenario, ours: p95(ours), limit: p95(limit) }));

// In the page. `pressed(name)`: the time of the next press of the key; `painted(shown)`: of the paint after
// `shown` is true, by a change of the page or at `from`. Both count from one beginning for all pages.
export function instrument() {
  const now = (at = performance.now()) => performance.timeOrigin + at;
  window.pressed = (name) => new Promise((done) => {
    const hear = (event) => {
      if (event.key !== name) return;
      window.removeEventListener('keydown', hear, true);
      done(now(event.timeStamp));
    };
    window.addEventListener('keydown', hear, true);
  });
  window.painted = (shown) => new Promise((done) => {
    const frame = () => requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => done(now());
      channel.port2.postMessage(0);
    });
    if (shown()) { frame(); return; }
    const watch = new MutationObserver(() => {
      if (!shown()) return;
      watch.disconnect();
      frame();
    });
    watch.observe(document.body, { childList: true, characterData: true, subtree: true });
  });
  // What `selector` shows is another text than now, and has `part`.
  window.changed = (selector, part) => {
    const text = () => [...document.querySelectorAll(selector)].map((each) => each.textContent).join();
    const before = text();
    return () => text() !== before && text().includes(part);
  };
}

// A throttled page keeps a processor busy even while it rests: let none stay that is not measured.
export async function throttled(page) {
  await (await page.context().newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: THROTTLE });
}

// From the key, pressed in `page`, to the paint in `screen` after `[selector, part]` is shown there; without it,
// to the paint after the key. Both pages listen before the key is pressed.
export async function timeOf(page, key, shows, screen = page) {
  await page.evaluate((name) => { window.begun = window.pressed(name); }, key);
  if (shows) await screen.evaluate(([selector, part]) => { window.end = window.painted(window.changed(selector, part)); }, shows);
  else await page.evaluate(() => { window.end = window.begun.then(() => window.painted(() => true)); });
  await page.keyboard.press(key);
  const end = await screen.evaluate(() => window.end);
  return end - await page.evaluate(() => window.begun);
}

export function diskTime(file) {
  const begun = performance.now();
  writeSync(file, BLOCK);
  fdatasyncSync(file);
  return performance.now() - begun;
}
