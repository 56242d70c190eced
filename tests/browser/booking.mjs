#!/usr/bin/env node
// W2: keystrokes, errors beside their field, nothing typed is lost. Journeys 1 to 11 and 17 of the specification.
import { execFileSync } from 'node:child_process';
import { journeys } from './support.mjs';

const NAME = '张桂芳';

async function openForm(t) {
  await t.open('/s/sync');
  await t.signIn();
  t.keys = 0;
  await t.key('F2');
  await t.page.getByRole('heading', { name: '新预约' }).waitFor();
  await t.until('the soonest place is chosen', async () => (await t.page.locator('.slot-picker [aria-selected=true]').count()) === 1);
}
const focused = (t) => t.page.evaluate(() => document.activeElement?.getAttribute('name'));
const value = (t, name) => t.page.locator(`[name=${name}]`).inputValue();

async function fill(t, number, { phone = '13812345678' } = {}) {
  await t.page.locator('[name=name]').fill(NAME);
  await t.page.locator('[name=number]').fill(await t.city.resident(number));
  if (phone) await t.page.locator('[name=phone]').fill(phone);
  await t.page.getByRole('combobox', { name: /事项/ }).click();
  await t.type('sb');
  await t.page.keyboard.press('Enter');
}

// The words on the slip of the last booking, without the breaks of its lines. No printer stands here: the browser has it.
async function slip(t) {
  const link = t.page.getByRole('link', { name: '打开凭证' });
  await link.waitFor();
  const pdf = await t.page.request.get(t.origin + await link.getAttribute('href'));
  return execFileSync('pdftotext', ['-layout', '-', '-'], { input: await pdf.body(), encoding: 'utf8' }).replace(/\s/g, '');
}

// Each kind of work of a station, while its line is cut.
async function everythingIsWritten(t) {
  const done = async (path, body) => {
    const answer = await t.city.write(path, body);
    t.is(answer.status < 300, `${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  await t.city.lead('/windows', { number: 5, name: '综合窗口', groups: [] });
  const { seat } = await done('/windows/5/open', { take_over: true });
  const { visit } = await done('/visits', { item: 'SB-0101' });
  await done('/queue/call', { seat, visit: visit.id });
  await done(`/visits/${visit.id}/start`, { seat });
  await done(`/visits/${visit.id}/finish`, { seat, outcome: 'done' });
  const { now_ms: now } = await t.city.get('/status');
  await done('/complaints', { about: 'wait', fact: 'delay', text: '等候时间较长。', wish: '希望增开窗口。', anonymous: true, occurred_at_ms: now - 60_000 });
  await done('/windows/5/close', { seat });
}

const NO_READER_MS = 100; // between two letters: no reader is that slow

await journeys('booking', {
  async a_card_makes_a_booking_in_eight_keys(t) {
    await openForm(t);
    await t.scan(`${NAME}${await t.city.resident(21)}`);
    await t.until('the card fills name and number', async () => (await value(t, 'name')) === NAME);
    await t.hasFocus('phone');
    t.is((await value(t, 'number')).includes('*'), 'a whole number is not shown once it is read');
    await t.type('13812345678');
    await t.key('Enter');
    await t.key('s');
    await t.key('b');
    await t.key('Enter');
    await t.key('Enter');
    await t.look('booking-ready');
    await t.key('F9');
    await t.said(/已存本机 · 预约号 .* · 已确认/);
    t.is(t.keys <= 8, `${t.keys} keys`);
    await t.look('booking-saved');
  },

  async typed_by_hand_it_takes_twelve_keys_and_no_mouse(t) {
    await openForm(t);
    await t.type('李国强');
    await t.key('Enter');
    await t.type(await t.city.resident(22));
    await t.key('Enter');
    await t.type('13912345678');
    await t.key('Enter');
    await t.key('s');
    await t.key('b');
    await t.key('Enter');
    await t.key('Enter');
    await t.key('F9');
    await t.said(/已存本机 · 预约号/);
    t.is(t.keys <= 12, `${t.keys} keys`);
  },

  async a_wrong_digit_and_a_short_phone_are_told_beside_their_fields(t) {
    await openForm(t);
    await fill(t, 23, { phone: '1381234567' });
    const good = await t.city.resident(23);
    await t.page.locator('[name=number]').fill(good.slice(0, 17) + (good[17] === '0' ? '1' : '0'));
    await t.key('F9');
    await t.sees('身份证号校验不符：请逐位核对，或将证件放到读卡器上。');
    await t.sees('手机号应为 11 位，现为 10 位；没有手机请勾选“无手机”。');
    await t.hasFocus('number'); // the first field at fault
    const tied = await t.page.locator('[name=number]').getAttribute('aria-describedby');
    t.is((await t.page.locator(`[id="${tied}"]`).textContent()).includes('校验不符'), 'the error is tied to its field');
    t.is(await value(t, 'phone') === '1381234567' && await value(t, 'name') === NAME, 'what was typed is kept');
    t.is((await t.city.write('/lookup', { text: good })).body.matches.length === 0, 'nothing was saved');
    await t.look('booking-errors');
    await t.page.locator('[name=number]').fill(good);
    await t.page.getByLabel('无手机').check();
    await t.page.waitForTimeout(700);
    await t.page.keyboard.press('F9');
    await t.said(/已存本机 · 预约号/);
  },

  async enter_that_commits_a_candidate_neither_advances_nor_saves(t) {
    await openForm(t);
    const sent = [];
    t.page.on('request', (request) => { if (request.method() === 'POST') sent.push(request.url()); });
    await t.page.locator('[name=name]').focus();
    const cdp = await t.page.context().newCDPSession(t.page);
    await cdp.send('Input.imeSetComposition', { text: 'zhang', selectionStart: 5, selectionEnd: 5 });
    await cdp.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Process', code: 'Enter', windowsVirtualKeyCode: 229 });
    await cdp.send('Input.insertText', { text: '张' });
    await cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13 });
    t.is(await focused(t) === 'name', 'the focus has not moved');
    t.is((await value(t, 'name')).startsWith('张'), 'the candidate is in the field');
    t.is(sent.length === 0 && await t.page.locator('.yz-field-error').count() === 0, 'nothing was saved, nor tried');
    await t.page.locator('[name=name]').fill('');
  },

  async a_card_read_in_the_note_leaves_the_note_as_it_was(t) {
    await openForm(t);
    await t.page.locator('[name=note]').fill('行动不便');
    await t.page.waitForTimeout(NO_READER_MS); // or the note would be the name that the reader sends before its number
    await t.scan(await t.city.resident(24));
    t.is(await value(t, 'note') === '行动不便', `the note is now ${await value(t, 'note')}`);
    await t.until('the number is taken', async () => (await value(t, 'number')).length === 18);
    await t.hasFocus('name'); // which is still missing
    await t.page.locator('[name=note]').fill('');
    await t.page.locator('[name=number]').fill('');
  },

  async papers_that_are_missing_stand_with_the_booking(t) {
    await openForm(t);
    await fill(t, 60);
    await t.page.getByRole('button', { name: '银行卡复印件' }).click();
    await t.page.getByRole('button', { name: '银行卡复印件（待带）', pressed: true }).waitFor();
    await t.look('booking-to-bring');
    await t.page.keyboard.press('F9');
    await t.sees(/已存本机 · 预约号/);
    const found = (await t.city.write('/lookup', { text: await t.city.resident(60) })).body.matches[0];
    const { to_bring: toBring } = await t.city.get(`/appointments/${found.id}`);
    t.is(toBring.join() === '银行卡复印件', `kept as ${toBring}`);
    const words = await slip(t);
    t.is(words.includes('银行卡复印件(待带)') && !words.includes('户口本(待带)'), `the slip says ${words}`);
  },

  async f9_prints_the_slip_that_is_chosen_at_this_counter_or_none(t) {
    const asked = [];
    t.page.on('request', (request) => { if (request.url().endsWith('/slips')) asked.push(request.postDataJSON().paper); });
    await openForm(t);
    await t.page.getByRole('radio', { name: 'A5' }).check();
    await t.page.reload();
    await t.until('the choice is kept', () => t.page.getByRole('radio', { name: 'A5' }).isChecked().catch(() => false));
    await t.until('the soonest place is chosen', async () => (await t.page.locator('.slot-picker [aria-selected=true]').count()) === 1);
    await fill(t, 61);
    await t.page.keyboard.press('F9');
    const words = await slip(t);
    t.is(words.includes('居民联') && words.includes('存根'), `both parts of A5: ${words}`);
    await t.page.getByRole('radio', { name: '不打印' }).check();
    await t.page.locator('.yz-notice').waitFor({ state: 'detached' });
    await fill(t, 62);
    await t.look('booking-no-slip');
    await t.page.getByRole('button', { name: /^F9\s*保存$/ }).waitFor();
    await t.page.keyboard.press('F9');
    await t.sees(/已存本机 · 预约号/);
    await t.until('the form is empty again', async () => (await value(t, 'name')) === '');
    t.is(asked.join() === 'a5', `printed on ${asked}`);
    await t.page.getByRole('radio', { name: '80mm' }).check();
  },

  async pressed_twice_it_is_saved_once(t) {
    await openForm(t);
    await fill(t, 25);
    const sent = [];
    t.page.on('request', (request) => { if (request.method() === 'POST' && request.url().endsWith('/appointments')) sent.push(request.url()); });
    await t.quick(['F9', 'F9']);
    await t.said(/已存本机 · 预约号/);
    await t.until('the form is empty again', async () => (await value(t, 'name')) === '');
    await t.page.waitForTimeout(700);
    t.is((await t.page.locator('.yz-field-error').count()) === 0, 'the second press is no second wish');
    const found = (await t.city.write('/lookup', { text: await t.city.resident(25) })).body.matches;
    t.is(sent.length === 1 && found.length === 1, `${sent.length} sent, ${found.length} saved`);
  },

  async a_draft_survives_a_reload_and_the_lock(t) {
    await openForm(t);
    await t.page.locator('[name=name]').fill('赵铁柱');
    await t.page.locator('[name=note]').fill('子女陪同');
    await t.drafted('booking', 'note', '子女陪同');
    await t.page.reload();
    await t.until('the draft is back', async () => (await value(t, 'name').catch(() => '')) === '赵铁柱');
    t.is(await value(t, 'note') === '子女陪同', 'all of it');
    await t.look('booking-draft');
    await t.page.keyboard.press('Alt+l');
    await t.sees('已锁定，内容未丢失。输入口令继续。');
    await t.page.locator('[name=secret]').fill(t.city.at.pin);
    await t.page.keyboard.press('Enter');
    t.is(await value(t, 'name') === '赵铁柱', 'the lock loses nothing');
  },

  async a_window_that_filled_meanwhile_offers_the_nearest_one(t) {
    await openForm(t);
    await fill(t, 26);
    const slot = t.page.locator('.slot-picker [aria-selected=true]');
    const window = await slot.locator('strong').textContent();
    const free = Number(/余 (\d+)/.exec(await slot.textContent())[1]);
    const day = /(\d+)月(\d+)日/.exec(await t.page.locator('.slot-picker h2').textContent());
    const now = new Date(Date.now() + 8 * 3_600_000);
    const date = `${now.getUTCFullYear()}-${day[1].padStart(2, '0')}-${day[2].padStart(2, '0')}`;
    for (let taken = 0; taken < free; taken += 1) await t.city.book(300 + taken, date, window);
    await t.page.keyboard.press('F9');
    await t.sees(`刚才另一窗口用掉了最后一个余号。已填内容保留，请另选时段。`);
    await t.look('booking-full');
    await t.page.keyboard.press('Alt+1');
    await t.page.waitForTimeout(700);
    await t.page.keyboard.press('F9');
    await t.said(/已存本机 · 预约号/);
  },

  async the_same_service_twice_is_told(t) {
    await openForm(t);
    await fill(t, 26);
    await t.page.keyboard.press('F9');
    await t.sees(/该居民 \d+月\d+日 \d\d:\d\d 已约同一事项。没有保存。/);
    await t.look('booking-duplicate');
  },

  async with_the_line_cut_everything_is_saved_as_before(t) {
    const banner = t.page.getByText('市级网络未连通。登记、签到、叫号、评价照常，数据存在本机；恢复后自动上报。');
    await openForm(t);
    await fill(t, 27);
    await t.city.cut();
    await t.page.getByTestId('chip').getByText('离线工作中').waitFor({ timeout: 90_000 });
    const silent = async () => { const status = await t.city.get('/status'); return status.now_ms - status.last_contact_ms; };
    if (await silent() < 50_000) t.is(!await banner.isVisible(), 'no banner before a minute');
    await t.page.keyboard.press('F9');
    await t.said(/已存本机 · 预约号/);
    await t.page.getByTestId('chip').getByText(/\d+ 条待上报/).waitFor();
    await banner.waitFor({ timeout: 90_000 });
    const upstream = t.page.getByText('该事项办结需上级业务系统。断网时可先收件登记，恢复后再办结。');
    await t.page.getByRole('combobox', { name: /事项/ }).fill('yb');
    await t.page.keyboard.press('Enter');
    await upstream.waitFor();
    await t.look('booking-upstream');
    await t.page.getByRole('combobox', { name: /事项/ }).fill('');
    await upstream.waitFor({ state: 'detached' });
    t.is(await silent() >= 60_000, `the banner came after ${await silent()} ms`);
    await t.look('booking-line-cut');
    await everythingIsWritten(t);
    await t.city.mend();
    await t.page.getByText(/已恢复连通，正在上报 \d+ 条。|已恢复连通。/).waitFor({ timeout: 90_000 });
    await banner.waitFor({ state: 'detached' });
  },

  async saved_means_there_after_a_kill_and_unsaved_text_stays(t) {
    await openForm(t);
    await fill(t, 28);
    await t.page.keyboard.press('F9');
    const number = /预约号 (\S+)/.exec(await t.said(/已存本机 · 预约号/))[1];
    await t.city.kill();
    await t.page.locator('[name=name]').fill('钱未存');
    await t.page.getByText('与本站主机断开，请勿继续登记。').waitFor({ timeout: 30_000 });
    t.is(await t.page.getByRole('button', { name: '保存并打印' }).isDisabled(), 'writing is blocked');
    await t.look('booking-node-gone');
    await t.city.start();
    await t.page.getByText('与本站主机断开').waitFor({ state: 'detached', timeout: 30_000 });
    await t.signIn(); // the node forgot who was here, and the page asks it what the colleagues need
    await t.until('the text is kept', async () => (await value(t, 'name')) === '钱未存');
    t.is((await t.city.find(number)) !== null, 'the saved one is there');
  },

  async a_day_that_filled_meanwhile_offers_the_soonest_of_a_later_day(t) {
    await openForm(t);
    await fill(t, 29);
    const heading = t.page.locator('.slot-picker h2');
    const first = await heading.textContent();
    const day = /(\d+)月(\d+)日/.exec(first);
    const year = new Date(Date.now() + 8 * 3_600_000).getUTCFullYear();
    const date = `${year}-${day[1].padStart(2, '0')}-${day[2].padStart(2, '0')}`;
    let number = 1001;
    for (const slot of (await t.city.get('/slots', { date })).slots) {
      for (let taken = 0; !slot.over && taken < slot.free; taken += 1) await t.city.book(number++, date, slot.window);
    }
    await t.page.keyboard.press('F9');
    await t.sees(/最近可约 \d+月\d+日 /);
    await t.look('booking-day-full');
    await t.page.keyboard.press('Alt+1');
    await t.until('another day is shown', async () => (await heading.textContent()) !== first);
    await t.page.keyboard.press('F9');
    await t.said(/已存本机 · 预约号/);
  },
});
