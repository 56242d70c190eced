#!/usr/bin/env node
// The sheet of keys against the keys themselves, in every state of the counter: a key that works is listed, and a
// key that is listed works in one of the states, for who is signed in. Journey 64.
import { settled } from './places.mjs';
import { journeys } from './support.mjs';

const BEGIN = '2026-11-26T09:05'; // a Thursday
const PAUSE_MS = 700; // the same key within 600 ms is one act

// Runs in the page: which keys of a keyboard a shortcut answers now. A key that is held down is known to its
// shortcut, and does nothing.
function answered() {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((each) => [`Key${each}`, each]);
  const digits = [...'0123456789'].map((each) => [`Digit${each}`, each]);
  const functions = Array.from({ length: 12 }, (_, at) => [`F${at + 1}`, `F${at + 1}`]);
  const others = [['Escape', 'Esc'], ['Enter', 'Enter'], ['ArrowUp', '↑'], ['ArrowDown', '↓'], ['ArrowLeft', '←'], ['ArrowRight', '→'], ['Space', 'Space'], ['Tab', 'Tab']];
  const found = [];
  for (let mask = 0; mask < 8; mask += 1) {
    const [ctrl, alt, shift] = [1, 2, 4].map((bit) => (mask & bit) !== 0);
    for (const [code, name] of [...letters, ...digits, ...functions, ...others]) {
      const press = new KeyboardEvent('keydown', { code, key: name, ctrlKey: ctrl, altKey: alt, shiftKey: shift, repeat: true, bubbles: true, cancelable: true });
      window.dispatchEvent(press);
      if (press.defaultPrevented) found.push([ctrl && 'Ctrl', alt && 'Alt', shift && 'Shift', name].filter(Boolean).join('+'));
    }
  }
  return found;
}

class Keys {
  constructor(t) { Object.assign(this, { t, listed: new Map(), worked: new Set() }); }

  async look(state) {
    const { t } = this;
    await t.page.waitForTimeout(PAUSE_MS);
    await settled(t);
    const works = await t.page.evaluate(answered);
    await t.page.keyboard.press('F1'); // a press with the mouse would leave the focus, and Enter, on its button
    const sheet = t.page.getByTestId('key-sheet');
    await sheet.waitFor();
    const listed = await sheet.locator('kbd').allTextContents();
    await t.page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'hidden' });
    const secret = works.filter((key) => !listed.includes(key));
    t.is(secret.length === 0, `${state}: ${secret} work and are not listed`);
    for (const key of works) this.worked.add(key);
    for (const key of listed) this.listed.set(key, state);
    return listed;
  }

  end() {
    const dead = [...this.listed].filter(([key]) => !this.worked.has(key));
    this.t.is(dead.length === 0, `listed and never working: ${dead.map(([key, state]) => `${key} (${state})`)}`);
    this.t.is(this.worked.size >= 25, `only ${this.worked.size} keys were met`);
  }
}

async function fill(t, number) {
  await t.page.locator('[name=name]').fill('李国强');
  await t.page.locator('[name=number]').fill(await t.city.resident(number));
  await t.page.locator('[name=phone]').fill('13812345678');
  await t.page.getByRole('combobox', { name: /事项/ }).fill('sb');
  await t.page.keyboard.press('Enter');
}
async function press(t, key) {
  await t.page.waitForTimeout(PAUSE_MS);
  await t.page.keyboard.press(key);
}

async function atTheWindow(t, keys) {
  for (const number of [1, 2]) await t.city.lead('/windows', { number, name: '综合窗口', groups: [] });
  for (let person = 0; person < 3; person += 1) await t.city.write('/visits', { item: 'SB-0101' });
  await t.city.write('/windows/2/open', { take_over: true });
  await keys.look('no window');
  await t.page.getByRole('button', { name: '1号窗口' }).click();
  await t.page.locator('.counter-foot').waitFor();
  await keys.look('at a window');
  await press(t, 'F8');
  await t.page.locator('.current-ask').waitFor();
  await keys.look('called');
  await press(t, 'Enter');
  await t.page.getByText('办理计时').waitFor();
  await keys.look('serving');
  await press(t, 'Alt+z');
  await t.page.getByRole('dialog').getByText('2号窗口').waitFor();
  const open = await t.page.evaluate(answered);
  for (const key of ['↑', '↓', 'Enter']) t.is(open.includes(key), `${key} works in the dialog`);
  for (const key of open) keys.worked.add(key);
  await t.page.keyboard.press('Escape');
  await t.page.getByRole('dialog').getByText('2号窗口').waitFor({ state: 'hidden' });
  await press(t, 'F8');
  await t.page.getByText(/尚未办结/).waitFor();
  await keys.look('asked whether it is finished');
  await press(t, 'F10');
  await t.page.locator('.current-ask').waitFor();
  await keys.look('finished, and the next called');
}

async function booking(t, keys) {
  await press(t, 'F2');
  await t.page.locator('.slot-picker [aria-selected=true]').waitFor();
  await keys.look('a new appointment');
  await fill(t, 71);
  const [, month, day] = /(\d+)月(\d+)日/.exec(await t.page.locator('.slot-picker h2').textContent());
  const date = `2026-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const slot = t.page.locator('.slot-picker [aria-selected=true]');
  const [window, free] = [await slot.locator('strong').textContent(), Number(/余 (\d+)/.exec(await slot.textContent())[1])];
  for (let taken = 0; taken < free; taken += 1) await t.city.book(700 + taken, date, window);
  await press(t, 'F9');
  await t.sees('刚才另一窗口用掉了最后一个余号。');
  await keys.look('another window is offered');
}

// Nobody is here: of all keys only the sheet's own works, and only it is listed.
async function shut(t, keys, state) {
  const listed = await keys.look(state);
  t.is(listed.join() === 'F1', `${state}: ${listed} are listed`);
}

await journeys('keys', {
  async what_works_is_listed_and_what_is_listed_works(t) {
    const keys = new Keys(t);
    await t.open('/s');
    await shut(t, keys, 'sign-in');
    await t.signIn();
    await atTheWindow(t, keys);
    await booking(t, keys);
    await press(t, 'F4');
    await t.page.locator('[name=arrival]').waitFor();
    await keys.look('check-in');
    await t.page.keyboard.press('Alt+n');
    await t.page.getByRole('button', { name: '取号', exact: true }).click();
    await t.sees(/已签到/);
    await keys.look('somebody has come');
    for (const [key, heading] of [['Alt+4', '预约与办件'], ['Alt+5', '无休服务'], ['Alt+6', '评价与投诉'], ['Alt+7', '数据上报'], ['Alt+0', '本机健康']]) {
      await press(t, key);
      await t.page.getByRole('heading', { name: heading }).first().waitFor();
      await keys.look(heading);
    }
    for (const path of ['/late', '/day-end']) {
      await t.page.evaluate((to) => document.querySelector('#app').__vue_app__.config.globalProperties.$router.push(to), path);
      await keys.look(path);
    }
    const record = await t.city.book(72, '2026-11-26');
    await t.page.evaluate((to) => document.querySelector('#app').__vue_app__.config.globalProperties.$router.push(to), `/records/${record.id}`);
    await t.page.locator('.yz-drawer').getByText('变更记录').waitFor();
    for (const key of await t.page.evaluate(answered)) keys.worked.add(key); // its Esc is the drawer's own
    keys.end();
    await press(t, 'Alt+l');
    await t.page.locator('.lock-screen form.sign-in').waitFor();
    await shut(t, keys, 'locked');
  },

  async the_page_of_the_lead_is_listed_for_the_lead_and_opens_for_nobody_else(t) {
    await t.open('/s');
    await t.signIn();
    const clerk = new Keys(t);
    t.is(!(await clerk.look('a clerk')).includes('Alt+9') && !clerk.worked.has('Alt+9'), 'no Alt+9 for a clerk');
    await t.page.context().clearCookies();
    await t.open('/s');
    await t.signIn('李站', t.city.at.passphrase);
    const lead = new Keys(t);
    t.is((await lead.look('the lead')).includes('Alt+9') && lead.worked.has('Alt+9'), 'Alt+9 for the lead');
    await press(t, 'Alt+9');
    await t.page.getByRole('heading', { name: '本站管理' }).waitFor();
    await lead.look('本站管理');
  },
}, { begin: BEGIN });
