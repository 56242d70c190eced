#!/usr/bin/env node
// Every route of every surface × {normal, English, large letters, dark, high contrast, dialog, refused, line cut,
// node gone}: axe finds nothing (WCAG 2.2 AA), no text is cut or in the wrong language, nothing is claimed that
// must not be, and no whole document number stands in a list. Journeys 45, 60 and 61 of the specification.
import { createRequire } from 'node:module';
import { enter, go, openSurface, routesOf, settled, sitDown, surfaces, throughTheHall } from './places.mjs';
import { cutTexts, untranslated } from './readable.mjs';
import { inCity, judge } from './support.mjs';

const axe = createRequire(new URL('../../station-ui/package.json', import.meta.url)).resolve('axe-core/axe.min.js');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const DAY = '2026-11-26T08:25'; // a Thursday; the morning ends at ten
const ZOOMED = { width: 683, height: 384 }; // 1366×768 at 200 %
const wanted = process.argv.slice(2); // parts of names: only these are judged

// Runs in the page.
async function violations(tags) {
  const { violations: found } = await globalThis.axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] });
  const why = (node) => `${node.target.join(' ')} (${[...node.any, ...node.all, ...node.none].map((check) => check.message)[0] ?? ''})`;
  return found.map((rule) => `${rule.id} at ${rule.nodes.slice(0, 4).map(why).join(', ')}`);
}

async function check(t, name, { known = null, zoomed = false } = {}) {
  if (wanted.length > 0 && !wanted.some((part) => name.includes(part))) return;
  await judge(name, t, async () => {
    await t.examine();
    const found = [...t.faults];
    t.faults = [];
    if (!zoomed) found.push(...await t.page.evaluate(violations, TAGS));
    found.push(...await t.page.evaluate(cutTexts, zoomed));
    if (known) found.push(...await t.page.evaluate(untranslated, known));
    t.is(found.length === 0, found.join('; '));
  });
}

const setMode = (t, mode) => t.page.evaluate((value) => { document.documentElement.dataset.mode = value; }, mode);

async function eachRoute(places, visit) {
  for (const { surface, t, routes } of places) {
    for (const { name, path } of routes) {
      await go(t, path);
      await visit(t, `${surface}${name}`, surface);
    }
  }
}

async function openAll(city, browser) {
  const [row] = (await city.get('/appointments', { date: DAY.slice(0, 10), limit: 1 })).appointments;
  const { node } = await city.get('/status');
  const places = [];
  for (const surface of surfaces()) {
    const t = await openSurface(surface, city, browser, (context) => context.addInitScript({ path: axe }));
    await settled(t);
    await check(t, `${surface}.first`);
    await enter(t, surface);
    if (surface === 'counter') await t.page.locator('.window-picker').waitFor();
    await check(t, `${surface}.entered`);
    places.push({ surface, t, routes: await routesOf(t, { id: row.id, node }) });
  }
  return places;
}

async function atTheWindow({ t }) {
  await sitDown(t);
  await check(t, 'counter/.seated');
  await t.page.keyboard.press('F8');
  await t.page.locator('.current-ask').waitFor();
  await check(t, 'counter/.called');
  await t.page.keyboard.press('Enter');
  await t.page.getByText('办理计时').waitFor();
  for (const [tab, name] of [['过号', 'missed'], ['挂起', 'held']]) {
    await t.page.locator('.queue-tabs').getByRole('button', { name: tab }).click();
    await check(t, `counter/.${name}`);
  }
  await t.page.locator('.queue-tabs').getByRole('button', { name: '等候' }).click();
}

// What a resident meets on the way, as it is and in large letters.
async function inTheHall(t, name) {
  await check(t, name);
  await setMode(t, 'elder');
  await check(t, `${name}.elder`);
  await setMode(t, 'light');
}

// What the node gives as data stays in its own language.
async function dataWords(city) {
  const items = (await city.get('/items')).items;
  const windows = (await city.get('/windows')).windows;
  const names = (await city.get('/sign-in/names')).names.map((row) => row.display_name);
  const day = (await city.get('/appointments', { date: DAY.slice(0, 10), limit: 50 })).appointments;
  const whole = await city.get(`/appointments/${day[0].id}`);
  const status = await city.get('/status');
  return [status.name, whole.name, ...names, ...items.flatMap((item) => [item.name, item.group, ...item.materials]), ...windows.flatMap((row) => [row.name]),
    '阳泉市政务服务中心', '郊区政务服务中心', '荫营镇便民服务中心', '河底镇便民服务中心', '阳泉市', '郊区', '荫营镇', '河底镇', '施管', '回家取户口本', '驿站', '中文', '大厅显示屏', '1号窗口评价', '取号机', '上午九点半取号，等候时间较长。', '希望增开窗口。'];
}

async function speak(places, locale) {
  for (const { t } of places) {
    await t.page.evaluate((value) => localStorage.setItem('yz-locale', value), locale);
    await t.page.reload();
    await settled(t);
  }
}

async function looks(places) {
  await eachRoute(places, async (t, name) => {
    for (const mode of ['dark', 'contrast', 'elder']) {
      await setMode(t, mode);
      await check(t, `${name}.${mode}`);
    }
    await setMode(t, 'light');
  });
}

async function atTwiceTheSize(places) {
  for (const { surface, t, routes } of places.filter((place) => place.surface === 'counter' || place.surface === 'hub')) {
    const size = t.page.viewportSize();
    await t.page.setViewportSize(ZOOMED);
    for (const { name, path } of routes) {
      await go(t, path);
      await check(t, `${surface}${name}.zoom200`, { zoomed: true });
    }
    await t.page.setViewportSize(size);
  }
}

async function dialogs(places) {
  await eachRoute(places, async (t, name, surface) => {
    if (!['counter', 'hub'].includes(surface) || await t.page.getByRole('dialog').isVisible()) return;
    await t.page.getByRole('button', { name: '快捷键' }).click();
    await t.page.getByTestId('key-sheet').waitFor();
    await check(t, `${name}.keys`);
    await t.page.keyboard.press('Escape');
    await t.page.getByTestId('key-sheet').waitFor({ state: 'hidden' });
  });
  const { t, routes } = places.find((place) => place.surface === 'counter');
  await go(t, '/');
  await t.page.keyboard.press('Alt+z');
  await t.page.getByRole('dialog').waitFor();
  await settled(t);
  await check(t, 'counter/.transfer');
  await t.page.keyboard.press('Escape');
  await go(t, routes.find((route) => route.name.endsWith('/id')).path);
  const drawer = t.page.getByRole('dialog');
  for (const [act, name] of [['改约', 'move'], ['取消预约', 'cancel']]) {
    const button = drawer.getByRole('button', { name: act });
    if (!await button.isVisible()) continue;
    await button.click();
    await settled(t);
    await check(t, `counter/records/id.${name}`);
  }
  await t.page.keyboard.press('Escape');
}

// Every form that stands on a page, sent as it is: the page says what is missing.
async function refusals(places) {
  await eachRoute(places, async (t, name) => {
    const forms = await t.page.evaluate(() => {
      const all = [...document.querySelectorAll('form')].filter((form) => form.checkVisibility());
      all.forEach((form) => form.requestSubmit());
      return all.length;
    });
    if (forms === 0) return;
    await settled(t);
    await check(t, `${name}.refused`);
  });
}

async function lineCut(places) {
  const { t } = places.find((place) => place.surface === 'counter');
  await t.page.getByText('市级网络未连通。登记、签到、叫号、评价照常，数据存在本机；恢复后自动上报。').waitFor({ timeout: 120_000 });
  await eachRoute(places, (page, name) => check(page, `${name}.line_cut`));
}

async function nodeGone(places, city) {
  await city.kill('yinying');
  await city.kill('hub');
  for (const { surface, t } of places) {
    if (surface === 'counter' || surface === 'hub') await t.page.getByRole('alert').getByText(/与本站主机断开|本级主机没有回应/).waitFor({ timeout: 30_000 });
  }
  await eachRoute(places, (t, name) => check(t, `${name}.node_gone`));
}

await inCity('accessible', async (city, browser) => {
  const places = await openAll(city, browser);
  const counter = places.find((place) => place.surface === 'counter');
  const pass = (name, work) => judge(`pass.${name}`, counter.t, work);
  await pass('normal', async () => {
    await atTheWindow(counter);
    await eachRoute(places, (t, name) => check(t, `${name}.normal`));
  });
  await pass('hall', () => throughTheHall(places, inTheHall));
  await city.cut(); // told after a minute; what comes meanwhile does not depend on the line
  await pass('english', async () => {
    const known = await dataWords(city);
    await speak(places, 'en');
    await eachRoute(places, (t, name) => check(t, `${name}.en`, { known }));
    await speak(places, 'zh-CN');
  });
  await pass('looks', () => looks(places));
  await pass('twice_the_size', () => atTwiceTheSize(places));
  await pass('dialogs', () => dialogs(places));
  await pass('refused', () => refusals(places));
  await pass('line_cut', () => lineCut(places));
  await pass('node_gone', () => nodeGone(places, city));
}, { begin: DAY, day: true });
