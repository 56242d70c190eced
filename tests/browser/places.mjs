// Every surface of the pages and every route of it, each open in a page of its own.
//
// What        surfaces() are the HTML files of station-ui; openSurface() opens one, signed in where it has a
//             sign-in; routesOf() asks the router of the page itself. So a page that is new is never forgotten.
// Invariants  I1  a surface or a part of a path that is not known here is an error, not a page left out.
import { readdirSync } from 'node:fs';
import { Journey, newPage, root } from './support.mjs';

export const PLACES = {
  counter: { node: 'yinying', path: '/s', who: '李站' },
  hub: { node: 'hub', path: '/h', who: '施管' },
  display: { node: 'yinying', path: '/display', viewport: { width: 1920, height: 1080 }, device: { kind: 'display', name: '大厅显示屏' } },
  eval: { node: 'yinying', path: '/eval/1', viewport: { width: 1280, height: 800 }, device: { kind: 'eval', name: '1号窗口评价', window: 1 } },
  ticket: { node: 'yinying', path: '/ticket', viewport: { width: 1080, height: 1920 }, device: { kind: 'ticket', name: '取号机' } },
};

export function surfaces() {
  const names = readdirSync(`${root}station-ui`).filter((file) => file.endsWith('.html')).map((file) => file.slice(0, -5));
  const unknown = names.filter((name) => !(name in PLACES));
  if (names.length === 0 || unknown.length > 0) throw new Error(`surfaces without a place: ${unknown}`);
  return names;
}

export async function openSurface(name, city, browser, prepare = async () => {}) {
  const place = PLACES[name];
  const page = await newPage(browser, place.viewport);
  await prepare(page.context());
  const t = new Journey(name, city, page, city.at[place.node]);
  await t.open(place.path);
  return t;
}

// Signs in, or becomes a device of the station with the code that its lead hands out.
export async function enter(t, name) {
  const { who, device } = PLACES[name];
  if (who) await t.signIn(who, t.city.at.passphrase);
  if (device && await t.page.locator('.pairing').isVisible()) {
    await t.type((await t.city.lead('/devices', device)).code);
    await t.page.locator('.pairing').waitFor({ state: 'detached' });
  }
  await settled(t);
}

// Runs in the page: the paths of its router, or none where it has no router.
const pathsInPage = () => {
  const router = document.querySelector('#app').__vue_app__.config.globalProperties.$router;
  return router ? router.getRoutes().filter((route) => !route.redirect).map((route) => route.path) : [];
};

// `samples`: what stands for a part of a path, e.g. {id: 'abc'}; a part that may be left out gives two routes.
export async function routesOf(t, samples) {
  const paths = await t.page.evaluate(pathsInPage);
  if (paths.length === 0) return [{ name: '', path: null }];
  return paths.flatMap((path) => {
    const part = /\/:(\w+)(\([^)]*\))?(\?)?/.exec(path);
    if (!part) return [{ name: path, path }];
    const [whole, key, , optional] = part;
    if (!samples[key]) throw new Error(`no sample for ${key} of ${path}`);
    const full = { name: path.replace(whole, `/${key}`), path: path.replace(whole, `/${samples[key]}`) };
    return optional ? [{ name: path.replace(whole, '') || '/', path: path.replace(whole, '') || '/' }, full] : [full];
  }).sort((a, b) => a.name.localeCompare(b.name));
}

// Runs in the page: resolves once its words have stood still, digits (clocks, timers) left aside.
const standStill = () => new Promise((done) => {
  const begun = performance.now();
  let text = '';
  let since = begun;
  const look = () => {
    const now = performance.now();
    const words = document.body.innerText.replace(/\d/g, '');
    if (words !== text) [text, since] = [words, now];
    if (now - since > 150 || now - begun > 3_000) done();
    else setTimeout(look, 30);
  };
  look();
});
// And all that it asked for has been answered: on a slow machine words stand still before that, too.
export const settled = (t) => t.until('the page stands still', async () => {
  await t.page.evaluate(standStill);
  return t.asked.size === 0;
});

export async function go(t, path) {
  if (path !== null) await t.page.evaluate((to) => document.querySelector('#app').__vue_app__.config.globalProperties.$router.push(to), path);
  await settled(t);
}

export async function sitDown(t, number = 1) {
  await go(t, '/');
  await t.page.getByRole('button', { name: `${number}号窗口` }).click();
  await t.page.locator('.counter-foot').waitFor();
  await settled(t);
}

export async function callAndStart(t) {
  await t.page.keyboard.press('F8');
  await t.page.locator('.current-ask').waitFor();
  await t.page.keyboard.press('Enter');
  await t.page.getByText('办理计时').waitFor();
}

// The case at window 1 is finished, its person rates it, and another takes a number; `seen` is told of each step.
export async function throughTheHall(places, seen) {
  const [counter, tablet, machine] = ['counter', 'eval', 'ticket'].map((surface) => places.find((place) => place.surface === surface).t);
  const step = async (t, name) => {
    await settled(t);
    await seen(t, name);
  };
  await go(counter, '/');
  await counter.page.keyboard.press('F10');
  await tablet.page.locator('.tiles').waitFor();
  await step(tablet, 'eval-asked');
  await tablet.page.getByRole('button', { name: '不满意', exact: true }).click();
  await tablet.page.locator('.reasons').waitFor();
  await seen(tablet, 'eval-reasons');
  await tablet.page.locator('.reasons [type=submit]').click();
  await step(tablet, 'eval-thanks');
  await machine.page.locator('.is-main').click();
  await step(machine, 'ticket-groups');
  await machine.page.locator('.ticket-tiles button').first().click();
  await step(machine, 'ticket-confirm');
  await machine.page.locator('.ticket-tiles button').first().click();
  await machine.page.locator('.ticket-foot').waitFor();
  await step(machine, 'ticket-taken');
  await machine.page.locator('.ticket-foot button').click();
  await callAndStart(counter);
}
