#!/usr/bin/env node
// What a clerk waits for at the screen, beside the least that a browser and a disk can do in the same run.
//
// What        A counter of a real city in headless Chromium, its processor throttled. `page key`: from a key
//             press in 预约登记 to the paint that shows it; the limit is the same key in a page that holds one
//             input. `page save`: from F9 to the paint that shows 已存本机; the limit is a durable write of
//             4 KiB beside the node's database. Turn by turn, so that both meet the same machine.
// Output      one line of JSON a measurement: scenario, ours, limit (95th percentiles, milliseconds).
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { Journey, inCity, newPage, root } from '../browser/support.mjs';

const THROTTLE = 4;
const KEYS = 200;
const SAVES = 40;
const BLOCK = Buffer.alloc(4096, 0x59);

const p95 = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length * 0.95)];
const report = (scenario, ours, limit) => console.log(JSON.stringify({ scenario, ours: p95(ours), limit: p95(limit) }));

// In the page: `measured(name, shown)` answers with the time from the next press of the key to the paint after
// `shown` is true. A message posted from a frame's callback is read after that frame is painted.
function instrument() {
  window.measured = (name, shown) => new Promise((done) => {
    const painted = (from) => requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => done(performance.now() - from);
      channel.port2.postMessage(0);
    });
    window.addEventListener('keydown', (event) => {
      if (event.key !== name) return;
      if (shown()) { painted(event.timeStamp); return; }
      const watch = new MutationObserver(() => {
        if (!shown()) return;
        watch.disconnect();
        painted(event.timeStamp);
      });
      watch.observe(document.body, { childList: true, characterData: true, subtree: true });
    }, { capture: true, once: true });
  });
  // The newest notice says that it is saved, and is not the one that was there before.
  window.savedAfter = () => {
    const last = () => [...document.querySelectorAll('.yz-notice')].map((notice) => notice.textContent).join();
    const before = last();
    return () => last() !== before && last().includes('已存本机');
  };
}

async function throttled(page) {
  await (await page.context().newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: THROTTLE });
}

// The page listens before the key is pressed.
async function timeOf(page, key, listen) {
  await page.evaluate(listen);
  await page.keyboard.press(key);
  return page.evaluate(() => window.time);
}
const keyTime = (page) => timeOf(page, 'a', () => { window.time = window.measured('a', () => true); });
const saveTime = (page) => timeOf(page, 'F9', () => { window.time = window.measured('F9', window.savedAfter()); });

function diskTime(file) {
  const begun = performance.now();
  writeSync(file, BLOCK);
  fdatasyncSync(file);
  return performance.now() - begun;
}

async function openForm(t) {
  await t.open('/s/sync');
  await t.signIn();
  await t.page.keyboard.press('F2');
  await t.until('the soonest place is chosen', async () => (await t.page.locator('.slot-picker [aria-selected=true]').count()) === 1);
}

async function fill(t, number) {
  await t.page.locator('[name=name]').fill('张桂芳');
  await t.page.locator('[name=number]').fill(await t.city.resident(number));
  await t.page.locator('[name=phone]').fill('13812345678');
  await t.page.getByRole('combobox', { name: /事项/ }).click();
  await t.page.keyboard.type('sb');
  await t.page.keyboard.press('Enter');
}

async function keys(t, bare) {
  const ours = [];
  const limit = [];
  await t.page.locator('[name=name]').focus();
  await bare.locator('input').focus();
  for (let turn = 0; turn < KEYS; turn += 1) {
    // A field holds 64 characters.
    if (turn % 50 === 0) for (const page of [t.page, bare]) await page.locator('input:focus').fill('');
    await t.page.bringToFront();
    ours.push(await keyTime(t.page));
    await bare.bringToFront();
    limit.push(await keyTime(bare));
  }
  await t.page.bringToFront();
  report('page key', ours, limit);
}

async function saves(t, folder) {
  const ours = [];
  const limit = [];
  const file = openSync(`${folder}/bare`, 'w');
  for (let turn = 0; turn < SAVES; turn += 1) {
    await fill(t, 4001 + turn);
    ours.push(await saveTime(t.page));
    limit.push(diskTime(file));
    // Within this time a second F9 is the first one's echo.
    await t.page.waitForTimeout(700);
  }
  closeSync(file);
  report('page save', ours, limit);
}

await inCity('bench', async (city, browser) => {
  const bare = await newPage(browser);
  await bare.setContent('<!doctype html><input>');
  await bare.evaluate(instrument);
  const t = new Journey('page', city, await newPage(browser), city.at.yinying);
  await t.page.addInitScript(instrument);
  await openForm(t);
  await throttled(t.page);
  await throttled(bare);
  await keys(t, bare);
  await saves(t, `${root}build/browser/bench`);
});
