#!/usr/bin/env node
// Every screen of the city in English, in each look: light, dark, high contrast. The pictures lie in
// build/browser/looks; no two looks of a screen are the same, and none is empty. Journey 67.
import { mkdirSync, rmSync } from 'node:fs';
import { enter, go, openSurface, routesOf, settled, surfaces } from './places.mjs';
import { inCity, judge, root } from './support.mjs';

const DAY = '2026-11-26T08:25'; // a Thursday; the morning ends at ten
const LOOKS = ['light', 'dark', 'contrast'];
const SCREENS = 14;
const FOLDER = `${root}build/browser/looks/`;

// Runs in the page.
const wear = (look) => { document.documentElement.dataset.mode = look; };

async function speakEnglish(t) {
  await t.page.evaluate(() => localStorage.setItem('yz-locale', 'en'));
  await t.page.reload();
  await settled(t);
}

async function photograph(t, name) {
  const seen = new Set();
  for (const look of LOOKS) {
    await t.page.evaluate(wear, look);
    await settled(t);
    const words = (await t.page.locator('body').innerText()).trim();
    t.is(words.length > 20, `${name} says only: ${words}`);
    const picture = await t.page.screenshot({ path: `${FOLDER}${name}-${look}-en.png` });
    seen.add(picture.toString('base64'));
  }
  await t.page.evaluate(wear, 'light');
  return seen.size;
}

mkdirSync(FOLDER, { recursive: true });
rmSync(FOLDER, { recursive: true });
mkdirSync(FOLDER, { recursive: true });
await inCity('looks', async (city, browser) => {
  const [row] = (await city.get('/appointments', { date: DAY.slice(0, 10), limit: 1 })).appointments;
  const { node } = await city.get('/status');
  let screens = 0;
  for (const surface of surfaces()) {
    const t = await openSurface(surface, city, browser);
    const inTheHall = !['counter', 'hub'].includes(surface); // one look, made for the distance
    await judge(`looks.${surface}`, t, async () => {
      await enter(t, surface);
      await speakEnglish(t);
      for (const { name, path } of await routesOf(t, { id: row.id, node })) {
        await go(t, path);
        const looks = await photograph(t, `${surface}${name}`.replaceAll('/', '-').replace(/-$/, ''));
        t.is(inTheHall || looks === LOOKS.length, `${surface}${name}: ${looks} different looks`);
        screens += 1;
      }
      await t.examine();
      t.is(t.faults.length === 0, t.faults.join('; '));
    });
  }
  await judge('looks.all', null, async () => {
    if (screens < SCREENS) throw new Error(`only ${screens} screens`);
  });
}, { begin: DAY, day: true });
