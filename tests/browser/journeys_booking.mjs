#!/usr/bin/env node
// W2 where it is hard: by keyboard alone with the line cut, a node killed just before and just after a save, hostile
// names, a printer without paper, a time limit that passes. Journeys 1, 3, 6, 8, 9, 10, 13, 14, 17, 63, 66.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { journeys } from './support.mjs';

const BEGIN = '2026-11-26T10:40'; // a Thursday; noon can be booked until 11:00
const BOOK = '**/api/v1/appointments';
const NO_PAPER = '凭证没有打印：打印机缺纸。预约已存本机，换纸后按 F9 补打。（PRN-01）';

const value = (t, name) => t.page.locator(`[name=${name}]`).inputValue();
const drawerOf = (t) => t.page.getByRole('dialog');

async function openForm(t) {
  await t.open('/s/sync');
  await t.signIn();
  await t.key('F2');
  await t.page.getByRole('heading', { name: '新预约' }).waitFor();
  await t.until('the soonest place is chosen', async () => (await t.page.locator('.slot-picker [aria-selected=true]').count()) === 1);
}
async function fill(t, number, { name = '李国强' } = {}) {
  await t.page.locator('[name=name]').fill(name);
  await t.page.locator('[name=number]').fill(await t.city.resident(number));
  await t.page.locator('[name=phone]').fill('13812345678');
  await t.page.getByRole('combobox', { name: /事项/ }).fill('sb');
  await t.page.keyboard.press('Enter');
}
async function saved(t) {
  return /预约号 (\S+)/.exec(await t.said(/已存本机 · 预约号/))[1];
}
async function save(t) {
  await t.page.locator('.yz-notice').waitFor({ state: 'detached' }); // that of the save before
  await t.page.keyboard.press('F9');
  return saved(t);
}
// The lines of what the browser saves when the list of a day is exported.
async function exported(t, date) {
  await t.page.getByLabel('日期').fill(date);
  await t.page.getByLabel('日期').press('Enter');
  const button = t.page.getByRole('button', { name: '导出 CSV' });
  await button.waitFor();
  const [file] = await Promise.all([t.page.waitForEvent('download'), button.click()]);
  t.is(file.suggestedFilename() === `预约与办件-${date}.csv`, file.suggestedFilename());
  const text = readFileSync(await file.path(), 'utf8');
  t.is(text.startsWith('\uFEFF'), 'a spreadsheet knows its letters');
  return text.split('\r\n');
}
async function back(t) {
  await t.city.start();
  await t.page.getByText('与本站主机断开').waitFor({ state: 'detached', timeout: 30_000 });
}
// `during` gets the request that would save the booking, once. Laid before the page is opened: a page that is busy
// sends its next requests past a route that came later.
function onSave(t, during) {
  let met = false;
  return t.page.route(BOOK, (route) => {
    if (met || route.request().method() !== 'POST') return route.continue();
    met = true;
    return during(route);
  });
}

await journeys('journeys_booking', {
  async by_keyboard_alone_with_the_line_cut_a_person_is_booked_and_checked_in(t) {
    await t.city.cut();
    await t.until('the line is down', async () => !(await t.city.get('/status')).connected, 60);
    await t.page.addInitScript(() => {
      window.mouse = 0;
      for (const name of ['mousedown', 'pointerdown', 'wheel']) window.addEventListener(name, () => { window.mouse += 1; }, true);
    });
    await t.open('/s/sync');
    await t.page.locator('.name-tiles').waitFor();
    await t.until('a tile is reached', async () => {
      await t.page.keyboard.press('Tab');
      return t.page.evaluate(() => document.activeElement?.textContent.includes('王敏'));
    });
    await t.page.keyboard.press('Enter');
    await t.hasFocus('secret');
    await t.type(t.city.at.pin);
    await t.page.keyboard.press('Enter');
    await t.page.getByRole('heading', { name: '数据上报' }).waitFor();
    await t.key('F2');
    await t.until('a place is chosen', async () => (await t.page.locator('.slot-picker [aria-selected=true]').count()) === 1);
    t.keys = 1;
    await t.scan(`张桂芳${await t.city.resident(31)}`);
    await t.hasFocus('phone');
    await t.type('13812340031');
    for (const key of ['Enter', 's', 'b', 'Enter', 'Enter', 'F9']) await t.key(key);
    await t.said(/已存本机 · 预约号 .* · 已确认/);
    t.is(t.keys <= 8, `${t.keys} keys`);
    await t.page.keyboard.press('F4');
    await t.page.locator('[name=arrival]').waitFor();
    await t.hasFocus('arrival');
    await t.type('0031');
    await t.page.keyboard.press('Enter');
    await t.sees(/已签到/);
    t.is((await t.page.evaluate(() => window.mouse)) === 0, 'no mouse was used');
    await t.city.mend();
  },

  async a_card_is_read_through_an_input_method_that_is_on(t) {
    await openForm(t);
    const number = await t.city.resident(32);
    await t.page.locator('[name=note]').focus();
    await t.scanThroughIme(number);
    await t.until('the number is taken', async () => (await value(t, 'number')).length === 18);
    t.is(await value(t, 'note') === '', `the note is ${await value(t, 'note')}`);
    await t.page.locator('[name=number]').fill('');
  },

  async killed_right_before_the_save_nothing_is_claimed_and_the_draft_is_there(t) {
    await onSave(t, async (route) => {
      await t.city.kill();
      await route.abort('connectionrefused');
    });
    await openForm(t);
    await fill(t, 33);
    await t.drafted('booking', 'item', 'SB-0101');
    await t.page.keyboard.press('F9');
    await t.sees('本机没有回应，不知道是否已保存');
    t.is((await t.page.locator('.yz-notice').count()) === 0, 'nothing is said to be saved');
    t.is(await value(t, 'name') === '李国强', 'the text is kept');
    await back(t);
    await t.page.reload();
    await t.page.locator('form.sign-in').or(t.page.locator('[name=name]')).first().waitFor();
    if (await t.page.locator('form.sign-in').isVisible()) await t.signIn();
    await t.until('the draft is back', async () => (await value(t, 'name').catch(() => '')) === '李国强');
    const day = (await t.city.get('/appointments', { date: t.city.at.day, limit: 50 })).appointments ?? [];
    t.is(!day.some((row) => row.phone_tail === '5678'), 'nothing was saved');
    await t.page.locator('[name=name]').fill('');
  },

  async killed_right_after_the_save_the_record_is_there(t) {
    let answered;
    await onSave(t, async (route) => {
      answered = await route.fetch();
      await t.city.kill();
      await route.fulfill({ response: answered });
    });
    await openForm(t);
    await fill(t, 34);
    const number = await save(t);
    t.is(number === (await answered.json()).number, 'what is shown is what was answered');
    await back(t);
    t.is((await t.city.find(number)) !== null, 'it is there after the kill');
  },

  async saved_but_never_answered_the_second_press_saves_nothing_more(t) {
    let first;
    await onSave(t, async (route) => {
      first = await (await route.fetch()).json();
      await route.abort('connectionreset');
    });
    await openForm(t);
    await fill(t, 35);
    await t.page.keyboard.press('F9');
    await t.sees('请勿重新填写。恢复后再按一次，同一次登记不会重复。');
    await t.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await t.page.getByRole('button', { name: '复制错误代码' }).click();
    await t.sees('错误代码已复制');
    const copied = await t.page.evaluate(() => navigator.clipboard.readText());
    t.is(copied.startsWith('NET-02 '), copied);
    for (const field of ['name', 'number', 'phone']) t.is(!copied.includes(await value(t, field)), `${field} is copied: ${copied}`);
    await t.look('book-answer-lost');
    await t.page.waitForTimeout(700);
    t.is((await save(t)) === first.number, 'the second press gives the record of the first');
  },

  async the_duplicate_warning_opens_the_original(t) {
    await openForm(t);
    await fill(t, 36);
    const number = await save(t);
    await t.page.waitForTimeout(700);
    await fill(t, 36);
    await t.page.keyboard.press('F9');
    await t.page.getByRole('button', { name: '打开原预约' }).click();
    await drawerOf(t).getByText(number).first().waitFor();
  },

  async hostile_names_are_kept_as_text(t) {
    await openForm(t);
    const names = ['<img src=x onerror="hit=1">', '=cmd()|calc', '买买提·吐尔逊', '𠮷䶮㼆', '名'.repeat(64)];
    for (const [at, name] of names.entries()) {
      await fill(t, 40 + at, { name });
      const number = await save(t);
      await t.page.waitForTimeout(700);
      const row = await t.city.find(number);
      const whole = await t.city.get(`/appointments/${row.id}`);
      t.is(whole.name === name, `kept as ${whole.name}`);
      await t.page.evaluate((path) => document.querySelector('#app').__vue_app__.config.globalProperties.$router.push(path), `/records/${row.id}`);
      await drawerOf(t).locator('dd').filter({ hasText: name }).first().waitFor();
      t.is(await t.page.evaluate(() => window.hit === undefined), 'a name is no markup');
      await t.examine();
      await t.page.keyboard.press('F2');
      await t.page.locator('[name=name]').waitFor();
    }
    await fill(t, 50, { name: '张\u202e三' });
    await t.page.keyboard.press('F9');
    await t.page.locator('.yz-field-error').first().waitFor();
    await t.hasFocus('name'); // a name that turns text round is refused at its field
    await t.look('booking-bidi');
    await t.page.locator('[name=name]').fill('');
  },

  async a_rare_name_reaches_the_paper(t) {
    await openForm(t);
    await fill(t, 51, { name: '𬭎明' });
    const number = await save(t);
    const link = t.page.getByRole('link', { name: '打开凭证' }); // no printer here: the same slip for the browser
    await link.waitFor();
    await t.sees('没有可用的打印机');
    const pdf = await t.page.request.get(t.origin + await link.getAttribute('href'));
    const words = execFileSync('pdftotext', ['-layout', '-', '-'], { input: await pdf.body(), encoding: 'utf8' });
    t.is(words.includes('𬭎*') && words.replace(/\s/g, '').includes(number), `the slip says ${words}`);
    t.is(!words.includes('𬭎明'), 'only the mask is printed');
    await t.page.keyboard.press('F3');
    await t.page.locator('[name=find]').fill('𬭎明');
    await t.page.locator('.record-table tbody tr').filter({ hasText: number }).getByText('𬭎*').waitFor();
    await t.look('records-rare');
    await t.page.locator('[name=find]').fill('');
    const row = await t.city.find(number);
    const lines = await exported(t, (await t.city.get(`/appointments/${row.id}`)).date);
    t.is(lines.filter((line) => line.includes(number) && line.includes(',𬭎*,')).length === 1, `exported as ${lines}`);
  },

  async a_list_is_exported_masked_and_without_formulas(t) {
    await openForm(t);
    await fill(t, 59, { name: '=cmd()' });
    const number = await save(t);
    await t.page.keyboard.press('F3');
    const row = await t.city.find(number);
    const lines = await exported(t, (await t.city.get(`/appointments/${row.id}`)).date);
    const mine = lines.find((line) => line.includes(number));
    t.is(mine.includes(",'=") && !mine.includes('cmd'), `exported as ${mine}`);
    t.is(!/\d{17}[\dXx]|138\d{8}/.test(lines.join('')), 'no number of a person stands in it');
  },

  async somebody_acts_for_the_resident_and_comes_in_their_place(t) {
    const agent = await t.city.resident(58);
    await openForm(t);
    await fill(t, 57);
    await t.page.getByRole('radio', { name: '代办' }).check();
    await t.scan(`李明${agent}`);
    await t.until('the second card is the agent’s', async () => (await value(t, 'agent-name')) === '李明');
    t.is((await value(t, 'name')) === '李国强', 'the resident is still the resident');
    await t.hasFocus('agent-until'); // until when they may act is next
    await t.page.locator('[name=agent-until]').fill('2026-11-25');
    await t.page.getByRole('button', { name: '授权委托书' }).click();
    await t.page.keyboard.press('F9');
    await t.sees('委托书在 11月26日 预约当天已到期：请另选时段，或请居民重新委托。');
    await t.hasFocus('agent-until');
    await t.look('booking-agent-wrong');
    await t.page.locator('[name=agent-until]').fill('2026-11-26');
    await t.look('booking-agent');
    await t.page.waitForTimeout(700);
    const number = await save(t);
    const link = t.page.getByRole('link', { name: '打开凭证' });
    await link.waitFor();
    const pdf = await t.page.request.get(t.origin + await link.getAttribute('href'));
    const words = execFileSync('pdftotext', ['-layout', '-', '-'], { input: await pdf.body(), encoding: 'utf8' }).replace(/\s/g, '');
    t.is(words.includes('代办人李*') && words.includes('授权委托书(待带)') && !words.includes('李明'), `the slip says ${words}`);
    await t.page.keyboard.press('F3');
    await t.page.locator('[name=find]').fill('李明');
    await t.page.locator('.record-table tbody tr').filter({ hasText: number }).getByText('代办 李*').waitFor();
    await t.look('records-agent');
    await t.page.keyboard.press('F4');
    await t.page.locator('[name=arrival]').waitFor();
    await t.scan(agent);
    await t.sees(/已签到/);
  },

  async without_paper_the_booking_stands_and_f9_prints_again(t) {
    await t.city.printer(false);
    await t.city.tell({ do: 'stop', node: 'yinying' });
    await t.city.start();
    await openForm(t);
    await fill(t, 52);
    const number = await save(t);
    await t.sees(NO_PAPER);
    await t.look('booking-no-paper');
    t.is((await t.city.find(number)) !== null, 'the booking stands');
    await t.city.printer(true);
    await t.page.waitForTimeout(700);
    await t.page.keyboard.press('F9');
    await t.page.getByText(NO_PAPER).waitFor({ state: 'detached' });
    t.is((await t.page.locator('.yz-print-bar').count()) === 0, 'it is printed');
  },

  async reload_and_the_back_button_lose_nothing(t) {
    await openForm(t);
    await fill(t, 53);
    await t.page.locator('[name=note]').fill('子女陪同');
    await t.page.keyboard.press('F4'); // at once: what was typed last is kept by leaving
    await t.page.locator('[name=arrival]').waitFor();
    await t.page.goBack();
    await t.until('the form is back', async () => (await value(t, 'note').catch(() => '')) === '子女陪同');
    await t.drafted('booking', 'note', '子女陪同');
    await t.page.reload();
    await t.until('the draft is back', async () => (await value(t, 'note').catch(() => '')) === '子女陪同');
    t.is(await value(t, 'name') === '李国强', 'all of it');
  },

  async a_booking_is_taken_back_within_ten_seconds_and_not_after(t) {
    const lifeOf = async (person) => (await t.city.write('/lookup', { text: await t.city.resident(person) })).body.matches[0]?.life;
    const offer = t.page.getByRole('button', { name: '撤销' });
    await openForm(t);
    await fill(t, 55);
    const number = await save(t);
    await offer.waitFor();
    t.is(await lifeOf(55) === 'confirmed', 'it is booked');
    await t.page.keyboard.press('Alt+u');
    await t.sees('已撤销');
    t.is(await lifeOf(55) !== 'confirmed', `still ${await lifeOf(55)}`);
    const history = (await t.city.get(`/appointments/${(await t.city.find(number)).id}/history`)).history;
    t.is(history.length >= 2, 'taken back by a change of its own: both stand in the history');
    await t.page.waitForTimeout(700);
    await fill(t, 56);
    await save(t);
    await offer.waitFor();
    await offer.waitFor({ state: 'detached' });
    await t.page.keyboard.press('Alt+u');
    await t.page.waitForTimeout(500);
    t.is(await lifeOf(56) === 'confirmed', 'after ten seconds it stays');
  },

  async ctrl_z_in_a_field_takes_back_the_text_alone(t) {
    const undone = [];
    t.page.on('request', (request) => { if (request.url().endsWith('/undo')) undone.push(request.url()); });
    await openForm(t);
    await t.page.locator('[name=name]').fill('');
    await t.page.locator('[name=note]').fill('');
    await t.page.locator('[name=note]').focus();
    await t.type('abc');
    await t.page.keyboard.press('Control+z');
    await t.until('the text is taken back', async () => (await value(t, 'note')) !== 'abc');
    t.is(undone.length === 0, 'no act is taken back');
    await t.page.locator('[name=note]').fill('');
  },

  async a_limit_that_passes_while_the_form_is_open_is_told(t) {
    await openForm(t);
    await fill(t, 54);
    const today = (await t.city.get('/status')).now_ms;
    const noon = t.page.locator('.slot-picker [role=option]').filter({ hasText: '午间无休' }).first();
    await noon.click();
    t.is(new Date(today + 8 * 3_600_000).toISOString().slice(11, 16) < '11:00', 'noon can still be booked');
    await t.city.later(25);
    await t.page.keyboard.press('F9');
    await t.sees(/今日午间预约已于 11:00 截止，可约明日午间 12:\d\d，按 Alt\+1 选用（OFF-01）。/);
    await t.until('the focus is at the times', () => t.page.evaluate(() => document.activeElement?.closest('.slot-picker') !== null));
    t.is(await value(t, 'name') === '李国强', 'what was typed is kept');
    t.is((await t.page.locator('.yz-notice').count()) === 0, 'nothing was saved');
    t.is((await t.city.write('/lookup', { text: await t.city.resident(54) })).body.matches.length === 0, 'nothing stands in the books');
    await t.look('booking-too-late');
    await t.page.keyboard.press('Alt+1');
    await t.page.waitForTimeout(700);
    t.is((await save(t)) !== '', 'the next noon is taken');
  },
}, { begin: BEGIN });
