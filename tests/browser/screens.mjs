// Photographs every screen × {normal, line cut, error}: docs/screens/SURFACE[-ROUTE]-STATE.png. scripts/screens calls it.
//
// What        Every route of every surface (places.mjs), of real nodes at ten o'clock of a day that both stations
//             have worked through (scripts/demo_day.py). RECIPES say what is done on a page before its picture;
//             a page without one is shown as it opens, and its error is the node that does not answer.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { callAndStart, enter, go, openSurface, routesOf, settled, sitDown, surfaces, throughTheHall } from './places.mjs';
import { smaller } from './png.mjs';
import { inCity, root } from './support.mjs';

const DAY = '2026-11-26T08:25'; // a Thursday; the morning ends at ten
const FOLDER = `${root}docs/screens/`;
const PERSON = { name: '张桂芳', number: 9001, phone: '13812345678' };

async function shoot(t, name) {
  await settled(t);
  await t.page.mouse.move(0, 0);
  await t.examine();
  if (t.faults.length > 0) throw new Error(`${name}: ${t.faults.join('; ')}`);
  writeFileSync(`${FOLDER}${name}.png`, smaller(await t.page.screenshot()));
  console.log(name);
}
const nameOf = (surface, route) => `${surface}${route.replaceAll('/', '-').replace(/-$/, '')}`;

const drawerOf = (t) => t.page.getByRole('dialog');
async function fillBooking(t, number) {
  await t.page.locator('[name=name]').fill(PERSON.name);
  await t.page.locator('[name=number]').focus(); // whole while one is in it
  await settled(t);
  await t.page.locator('[name=number]').fill(number);
  await t.page.locator('[name=phone]').fill(PERSON.phone);
  await t.page.getByRole('combobox', { name: /事项/ }).fill('sb');
  await t.page.keyboard.press('Enter');
  await t.page.locator('[name=note]').fill('行动不便，子女陪同');
}
let arrivals = 9200; // who come to be checked in; the last digits of their phones
const RECIPES = {
  'counter/book': {
    async normal(t) { await fillBooking(t, await t.city.resident(PERSON.number)); },
    async error(t) {
      const good = await t.city.resident(PERSON.number);
      await fillBooking(t, good.slice(0, 17) + (good[17] === '0' ? '1' : '0'));
      await t.page.locator('[name=phone]').fill('1381234567');
      await t.page.keyboard.press('F9');
      await t.sees('身份证号校验不符');
    },
  },
  'counter/check-in': {
    async normal(t) {
      arrivals += 1;
      await t.city.write('/appointments', {
        item: 'SB-0101', date: DAY.slice(0, 10), window: '10:00', name: '李国强', phone: `1380000${arrivals}`, channel: 'phone',
        document: { kind: 'resident_id', number: await t.city.resident(arrivals) },
      });
      await t.page.locator('[name=arrival]').fill(String(arrivals));
      await t.page.keyboard.press('Enter');
      await t.page.locator('.check-in-said, [role=option]').first().waitFor();
    },
    async error(t) {
      await t.page.locator('[name=arrival]').fill('YZ1:0399-1126-001-0');
      await t.page.keyboard.press('Enter');
      await t.page.locator('.check-in-said').waitFor();
    },
  },
  'counter/health': {
    async normal(t) {
      await t.page.getByRole('button', { name: '立即核对全部记录' }).click();
      await t.page.locator('.yz-notice').waitFor({ timeout: 60_000 });
      await t.page.locator('.yz-notice').waitFor({ state: 'detached' });
    },
  },
  'counter/records/id': {
    async error(t) {
      await drawerOf(t).getByRole('button', { name: '取消预约' }).click();
      await drawerOf(t).getByRole('button', { name: '确认取消' }).click();
      await t.sees('请选择取消原因。');
    },
  },
  'counter/station': {
    async error(t) {
      await t.page.locator('[name=window-number]').fill('0');
      await t.page.getByRole('button', { name: '新增窗口' }).click();
      await t.sees('窗口号应为 1 到 99');
    },
  },
};

async function each(places, act) {
  for (const { surface, t, routes } of places) {
    for (const { name, path } of routes) {
      await go(t, path);
      const recipe = RECIPES[`${surface}${name}`] ?? {};
      await act(t, nameOf(surface, name), recipe);
      await recipe.leave?.(t);
    }
  }
}

async function open(city, browser) {
  const rows = (await city.get('/appointments', { date: DAY.slice(0, 10), limit: 50 })).appointments;
  const shown = rows.find((row) => row.life === 'confirmed' && row.window >= '14:30');
  const { node } = await city.get('/status');
  const places = [];
  for (const surface of surfaces()) {
    const t = await openSurface(surface, city, browser);
    if (surface === 'counter') await signInShots(t);
    await enter(t, surface);
    places.push({ surface, t, routes: await routesOf(t, { id: shown.id, node }) });
  }
  return places;
}

async function signInShots(t) {
  await t.page.locator('.name-tiles').waitFor();
  await shoot(t, 'sign-in-normal');
  await t.page.getByRole('button', { name: '王敏' }).click();
  await t.page.locator('[name=secret]').fill('111222');
  await t.page.keyboard.press('Enter');
  await t.page.locator('.yz-field-error').waitFor();
  await shoot(t, 'sign-in-error');
  await t.page.reload();
}

// A person is called and served at window 1.
async function work(t, display) {
  await go(t, '/');
  await t.page.locator('.window-picker').waitFor();
  await shoot(t, 'windows-normal');
  await sitDown(t);
  await t.page.keyboard.press('F8');
  await t.page.locator('.current-ask').waitFor();
  await shoot(t, 'counter-called');
  await shoot(display, 'display-called');
  await t.page.keyboard.press('Enter');
  await t.page.getByText('办理计时').waitFor();
}

// What stands on a page for a moment only.
async function moments(t, tablet) {
  const told = t.page.locator('.yz-notice-close'); // the machine of the hall has no printer
  if (await told.isVisible()) await told.click();
  const saving = '**/api/v1/evaluations';
  await tablet.page.route(saving, (route) => route.abort());
  await go(t, '/');
  await t.page.keyboard.press('F10');
  await tablet.page.locator('.tiles').waitFor();
  await tablet.page.getByRole('button', { name: '满意', exact: true }).click();
  await tablet.page.getByText('还没有保存，请稍候…').waitFor();
  await shoot(tablet, 'eval-not-saved');
  await tablet.page.unroute(saving);
  await callAndStart(t);
  await t.page.getByTestId('chip').getByText('市级已全部接收').waitFor({ timeout: 60_000 });
  await t.page.locator('.current-visit .yz-badge').waitFor({ state: 'detached', timeout: 60_000 });
  await t.page.keyboard.press('Alt+z');
  await t.page.getByRole('dialog').waitFor();
  await shoot(t, 'counter-transfer');
  await t.page.keyboard.press('Escape');
  await go(t, '/records');
  await t.page.locator('[name=find]').fill('查无此人');
  await t.sees('没有符合条件的记录。');
  await shoot(t, 'counter-records-empty');
  await t.page.locator('[name=find]').fill('');
  await go(t, '/feedback');
  await t.page.getByRole('button', { name: '投诉', exact: true }).click();
  await shoot(t, 'counter-feedback-complaints');
  await t.page.getByRole('button', { name: '投诉登记' }).click();
  await shoot(t, 'counter-feedback-intake');
  await t.page.keyboard.press('Alt+l');
  await t.page.locator('form.sign-in').waitFor();
  await shoot(t, 'locked');
  await t.page.locator('[name=secret]').fill(t.city.at.passphrase);
  await t.page.keyboard.press('Enter');
  await t.page.locator('form.sign-in').waitFor({ state: 'detached' });
}

async function looks(t) {
  for (const [mode, path] of [['dark', '/'], ['contrast', '/'], ['elder', '/check-in']]) {
    await t.page.evaluate((value) => localStorage.setItem('yz-mode', value), mode);
    await t.page.reload();
    await go(t, path);
    await shoot(t, `look-${mode}`);
  }
  await t.page.evaluate(() => { localStorage.setItem('yz-mode', 'light'); localStorage.setItem('yz-locale', 'en'); });
  await t.page.reload();
  await go(t, '/');
  await shoot(t, 'look-english');
  await t.page.evaluate(() => localStorage.setItem('yz-locale', 'zh-CN'));
  await t.page.reload();
  await go(t, '/sync');
  await t.page.keyboard.press('F1');
  await t.page.getByTestId('key-sheet').waitFor();
  await shoot(t, 'keys-normal');
  await t.page.keyboard.press('Escape');
}

async function cut(city, places, browser) {
  const counter = places.find((place) => place.surface === 'counter').t;
  await city.cut();
  await counter.page.getByText('市级网络未连通。').waitFor({ timeout: 120_000 });
  for (const number of [9101, 9102, 9103]) await city.book(number);
  await each(places, async (t, name, recipe) => {
    await recipe.normal?.(t);
    await shoot(t, `${name}-line-cut`);
  });
  const other = await openSurface('counter', city, browser);
  await other.page.locator('.name-tiles').waitFor();
  await shoot(other, 'sign-in-line-cut');
  await other.page.context().close();
}

async function gone(city, places) {
  await city.kill('yinying');
  await city.kill('hub');
  for (const { surface, t } of places) {
    if (surface === 'counter' || surface === 'hub') await t.page.getByText(/与本站主机断开|本级主机没有回应/).first().waitFor({ timeout: 30_000 });
  }
  await each(places, async (t, name, recipe) => {
    if (!recipe.error) await shoot(t, `${name}-error`);
  });
}

mkdirSync(FOLDER, { recursive: true });
for (const file of readdirSync(FOLDER)) rmSync(FOLDER + file);
await inCity('screens', async (city, browser) => {
  const places = await open(city, browser);
  const counter = places.find((place) => place.surface === 'counter').t;
  await work(counter, places.find((place) => place.surface === 'display').t);
  await each(places, async (t, name, recipe) => {
    await recipe.normal?.(t);
    await shoot(t, `${name}-normal`);
    if (!recipe.error) return;
    await recipe.error(t);
    await shoot(t, `${name}-error`);
  });
  await throughTheHall(places, shoot);
  await moments(counter, places.find((place) => place.surface === 'eval').t);
  await looks(counter);
  await cut(city, places, browser);
  await gone(city, places);
}, { begin: DAY, day: true });
