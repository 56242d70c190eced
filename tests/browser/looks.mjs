#!/usr/bin/env node
// Journey 67: every screen in English, light, dark and in high contrast: build/browser/shots/looks/SCREEN-MODE.png.
// Each is looked at by machine as every journey is; whoever changes the pages looks at them by eye.
import { mkdirSync } from 'node:fs';
import { enter, go, openSurface, routesOf, settled, sitDown, surfaces } from './places.mjs';
import { inCity, judge, root } from './support.mjs';

const DAY = '2026-11-26T08:25';
const MODES = ['light', 'dark', 'contrast'];
const SCREENS_MIN = 14;
const FOLDER = `${root}build/browser/shots/looks/`;

async function wear(t, mode) {
  await t.page.evaluate((value) => { localStorage.setItem('yz-mode', value); localStorage.setItem('yz-locale', 'en'); }, mode);
  await t.page.reload();
  await settled(t);
}

async function shoot(t, name, path, mode) {
  await go(t, path);
  await t.page.mouse.move(0, 0);
  await t.examine();
  if (t.faults.length > 0) throw new Error(t.faults.join('; '));
  await t.page.screenshot({ path: `${FOLDER}${name}-${mode}.png` });
}

mkdirSync(FOLDER, { recursive: true });
await inCity('looks', async (city, browser) => {
  const { node } = await city.get('/status');
  const day = (await city.get('/appointments', { date: DAY.slice(0, 10), limit: 50 })).appointments;
  const id = day.find((row) => row.life === 'confirmed').id;
  let screens = 0;
  for (const surface of surfaces()) {
    const t = await openSurface(surface, city, browser);
    await enter(t, surface);
    if (surface === 'counter') await sitDown(t);
    const routes = await routesOf(t, { id, node });
    screens += routes.length;
    for (const mode of MODES) {
      await wear(t, mode);
      for (const { name, path } of routes) {
        const screen = `${surface}${name}`.replaceAll('/', '-').replace(/-$/, '');
        await judge(`${screen}.${mode}`, t, () => shoot(t, screen, path, mode));
      }
    }
    await t.page.context().close();
  }
  await judge('enough_screens', null, async () => { if (screens < SCREENS_MIN) throw new Error(`only ${screens}`); });
}, { begin: DAY, day: true });
