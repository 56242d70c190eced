#!/usr/bin/env node
// What people wait for at the screens, beside the least that a browser and a disk can do in the same run.
//
// What        Pages of a real city in headless Chromium, their processors throttled. `page key`: from a key press
//             in 预约登记 to the paint that shows it; the limit is the same key in a page that holds one input.
//             `page save`: from F9 to the paint that shows 已存本机; the limit is a durable write of 4 KiB
//             beside the node's database. `page call` and `page kiosk`: see page_hall.mjs. Turn by turn, so
//             that both meet the same machine.
// Output      one line of JSON a measurement: scenario, ours, limit (95th percentiles, milliseconds).
import { closeSync, openSync } from 'node:fs';
import { sitDown } from '../browser/places.mjs';
import { Journey, inCity, newPage, root } from '../browser/support.mjs';
import { diskTime, instrument, report, throttled, timeOf } from './page_clock.mjs';
import { calls, kiosk } from './page_hall.mjs';

const KEYS = 200;
const SAVES = 40;

const placeIsChosen = (t) => t.until('the soonest place is chosen', async () => (await t.page.locator('.slot-picker [aria-selected=true]').count()) === 1);

async function openCounter(city, browser) {
  const t = new Journey('page', city, await newPage(browser), city.at.yinying);
  await t.page.addInitScript(instrument);
  await t.open('/s');
  await t.signIn();
  return t;
}

async function fill(t, number) {
  await t.page.locator('[name=name]').fill('张桂芳');
  await t.page.locator('[name=number]').fill(await t.city.resident(number));
  await t.page.locator('[name=phone]').fill('13812345678');
  await t.page.getByRole('combobox', { name: /事项/ }).click();
  await t.page.keyboard.type('sb');
  await t.page.keyboard.press('Enter');
  await placeIsChosen(t);
}

async function keys(t, browser) {
  const ours = [];
  const limit = [];
  const bare = await newPage(browser);
  await bare.setContent('<!doctype html><input>');
  await bare.evaluate(instrument);
  await throttled(bare);
  await t.page.locator('[name=name]').focus();
  await bare.locator('input').focus();
  for (let turn = 0; turn < KEYS; turn += 1) {
    // A field holds 64 characters.
    if (turn % 50 === 0) for (const page of [t.page, bare]) await page.locator('input:focus').fill('');
    await t.page.bringToFront();
    ours.push(await timeOf(t.page, 'a'));
    await bare.bringToFront();
    limit.push(await timeOf(bare, 'a'));
  }
  await bare.context().close();
  report('page key', ours, limit);
}

async function saves(t, file) {
  const ours = [];
  const limit = [];
  for (let turn = 0; turn < SAVES; turn += 1) {
    await fill(t, 4001 + turn);
    // The newest notice says that it is saved, and is not the one that was there before.
    ours.push(await timeOf(t.page, 'F9', ['.yz-notice', '已存本机']));
    limit.push(diskTime(file));
    // Within this time a second F9 is the first one's echo.
    await t.page.waitForTimeout(700);
  }
  report('page save', ours, limit);
}

await inCity('bench', async (city, browser) => {
  const file = openSync(`${root}build/browser/bench/bare`, 'w');
  await city.lead('/windows', { number: 1, name: '综合窗口', groups: [] });
  const t = await openCounter(city, browser);
  await throttled(t.page);
  await t.page.keyboard.press('F2');
  await placeIsChosen(t);
  await keys(t, browser);
  await saves(t, file);
  await sitDown(t);
  const paired = await calls(t, browser, file);
  await t.page.context().close();
  await kiosk(t.origin, paired);
  closeSync(file);
});
