#!/usr/bin/env node
// What holds for every page: its language, its list of keys, ten thousand rows, the longest name, what it says of the
// line above.
// Journeys 39, 41, 46, 60, 64 of the specification.
import { go, settled } from './places.mjs';
import { journeys } from './support.mjs';

const ROWS = 10_000;
const PAGE = 50;
const value = (t, name) => t.page.locator(`[name=${name}]`).inputValue();

async function openForm(t) {
  await t.open('/s/sync');
  await t.signIn();
  await t.page.keyboard.press('F2');
  await t.page.locator('[name=name]').waitFor();
}
const LONGEST = '名'.repeat(64);
async function bookLongest(t, number, window) {
  const answer = await t.city.write('/appointments', {
    item: 'SB-0101', date: t.city.at.day, window, name: LONGEST, phone: '13812345678', channel: 'window',
    document: { kind: 'resident_id', number: await t.city.resident(number) },
  });
  t.is(answer.status === 201, JSON.stringify(answer.body));
  return answer.body;
}
// Runs in the page: the parts of it whose content is wider than they are. What is cut with an ellipsis is not.
const widened = () => [...document.querySelectorAll('.page-shell, main, main .card, .record-table, .yz-drawer')]
  .filter((part) => part.clientWidth > 0 && part.scrollWidth > part.clientWidth + 1).map((part) => `${part.className || part.tagName} ${part.scrollWidth} > ${part.clientWidth}`);
async function fits(t, where) {
  await settled(t);
  const wide = await t.page.evaluate(widened);
  t.is(wide.length === 0, `${where}: ${wide.join(', ')}`);
}
const rowAt = (number, date) => ({
  id: `aaaaaaaa${String(number).padStart(5, '0').replace(/\d/g, (digit) => 'abcdefghij'[digit])}`, number: `YY-${date.slice(5)}-${number}`,
  item: 'SB-0101', window: '09:00', name: '张*', phone_tail: String(number % 10_000).padStart(4, '0'), life: 'confirmed', rung: 'received', tasks: [],
});

await journeys('journeys_looks', {
  async the_language_changes_and_the_page_and_the_draft_stay(t) {
    await openForm(t);
    await t.page.locator('[name=name]').fill('李国强');
    for (const [button, heading] of [['English', 'New appointment'], ['中文', '新预约']]) {
      await t.page.keyboard.press('F1');
      await t.page.getByRole('button', { name: button }).click();
      await t.page.keyboard.press('Escape');
      await t.page.getByTestId('key-sheet').waitFor({ state: 'hidden' });
      await t.page.getByRole('heading', { name: heading }).waitFor();
      t.is(new URL(t.page.url()).pathname === '/s/book', 'still the same page');
      t.is(await value(t, 'name') === '李国强', 'what was typed is there');
      await t.page.waitForTimeout(700);
    }
    await t.page.locator('[name=name]').fill('');
  },

  async the_sheet_lists_every_key_that_stands_on_a_button(t) {
    await openForm(t);
    for (const key of ['Alt+3', 'F2', 'F4', 'Alt+4', 'Alt+7', 'Alt+0']) {
      await t.page.keyboard.press(key);
      await settled(t);
      const printed = await t.page.evaluate(() => [...document.querySelectorAll('[aria-keyshortcuts], nav kbd')]
        .filter((each) => each.checkVisibility()).map((each) => each.getAttribute('aria-keyshortcuts') ?? each.textContent));
      await t.page.keyboard.press('F1');
      const sheet = t.page.getByTestId('key-sheet');
      await sheet.waitFor();
      const listed = await sheet.locator('kbd').allTextContents();
      const missing = printed.filter((each) => each !== 'Esc' && !listed.includes(each));
      t.is(missing.length === 0, `on ${key} the sheet lacks ${missing}`);
      await t.page.keyboard.press('Escape');
      await sheet.waitFor({ state: 'hidden' });
      await t.page.waitForTimeout(600); // the same key within 600 ms is one act
    }
  },

  async ten_thousand_rows_cost_no_more_than_forty(t) {
    const date = t.city.at.day;
    await t.page.route('**/api/v1/appointments?*', async (route) => {
      const after = Number(new URL(route.request().url()).searchParams.get('after') ?? 0);
      const rows = Array.from({ length: PAGE }, (_, at) => rowAt(after + at, date));
      await route.fulfill({ json: { appointments: rows, next: after + PAGE < ROWS ? String(after + PAGE) : null } });
    });
    await t.open('/s/records');
    await t.signIn();
    await t.page.getByText(`显示 ${ROWS} 条，共 ${ROWS} 条`).waitFor({ timeout: 60_000 });
    const nodes = await t.page.evaluate(() => document.querySelectorAll('*').length);
    const rows = t.page.locator('.record-table tbody tr:not(.record-gap)');
    t.is((await rows.count()) <= 60, `${await rows.count()} rows are drawn`);
    t.is(nodes <= 1_500, `${nodes} elements`);
    await t.page.locator('.record-table').evaluate((frame) => { frame.scrollTop = frame.scrollHeight; });
    await rows.filter({ hasText: `YY-${date.slice(5)}-${ROWS - 1}` }).waitFor();
    await t.look('records-10000');
  },

  async the_longest_name_widens_nothing_and_is_there_in_full(t) {
    const slots = (await t.city.get('/slots', { date: t.city.at.day })).slots.filter((slot) => slot.free > 0 && !slot.over);
    const off = slots.find((slot) => slot.period !== 'regular');
    await t.open('/s/records');
    await t.signIn();
    const { id, number } = await bookLongest(t, 91, slots[0].window);
    await bookLongest(t, 92, off.window);
    await t.page.getByLabel('日期').fill(t.city.at.day);
    await t.page.getByLabel('日期').press('Enter');
    const name = t.page.locator('tr').filter({ hasText: number }).locator('.record-name');
    await name.waitFor();
    const { width } = await name.boundingBox();
    t.is(width < 220, `the column of names is ${width} wide`);
    t.is((await name.getAttribute('title')) === `名${'*'.repeat(63)}`, 'the whole of it is told');
    await fits(t, 'the list');
    await t.look('longest-name-list');
    await go(t, `/records/${id}`);
    await t.page.getByRole('dialog').locator('dd').filter({ hasText: LONGEST }).waitFor();
    await fits(t, 'the drawer');
    await t.page.keyboard.press('Escape');
    await go(t, '/off-hours');
    await t.page.locator('.off-strip button').filter({ hasText: `${Number(t.city.at.day.slice(5, 7))}月${Number(t.city.at.day.slice(8))}日` }).click();
    await t.page.locator('.off-list li').filter({ hasText: '名***' }).first().waitFor();
    await fits(t, 'off hours');

    const found = { id, number, item: 'SB-0101', date: t.city.at.day, window: slots[0].window, name: `名${'*'.repeat(63)}`, agent: null, phone_tail: '5678', life: 'confirmed', visit_state: null, ticket: '', rung: 'saved', tasks: [], station: '1403', period: 'regular' };
    await t.page.route('**/api/v1/lookup', (route) => route.fulfill({ json: { kind: 'phone', matches: [found, { ...found, id: `${id}a` }], bad_code: false, elsewhere: null } }));
    await go(t, '/check-in');
    await t.page.locator('[name=arrival]').fill('5678');
    await t.page.keyboard.press('Enter');
    await t.page.getByRole('option').nth(1).waitFor();
    await fits(t, 'those who may be meant');
    await t.look('longest-name-check-in');

    await t.city.lead('/windows', { number: 1, name: '综合窗口', groups: [] });
    const walkIn = await t.city.write('/visits', { item: 'SB-0101', name: LONGEST });
    t.is(walkIn.status === 201, JSON.stringify(walkIn.body));
    await go(t, '/');
    await t.page.getByRole('button', { name: '1号窗口' }).click();
    await t.page.locator('.queue-list li').filter({ hasText: '名***' }).waitFor();
    await fits(t, 'who waits, and the key that calls them');
    await t.page.keyboard.press('F8');
    await t.page.locator('.current-ask').waitFor();
    await fits(t, 'who is called');
    await t.look('longest-name-counter');
    await t.page.keyboard.press('Enter');
    await t.page.getByText('办理计时').waitFor();
    await fits(t, 'who is served');
    await go(t, '/day-end');
    await t.page.locator('.day-left li').filter({ hasText: '名***' }).waitFor();
    await fits(t, 'who is left at the end of the day');
  },

  async what_the_district_has_is_not_called_the_citys(t) {
    await t.open('/s/records');
    await t.signIn();
    await t.page.getByTestId('chip').getByText('已连通').waitFor({ timeout: 60_000 });
    await t.city.kill('hub');
    const booked = await t.city.book(81, t.city.at.day);
    await t.page.getByLabel('日期').fill(t.city.at.day);
    await t.page.getByLabel('日期').press('Enter');
    const row = t.page.locator('.record-table tbody tr').filter({ hasText: booked.number });
    await row.getByText('县区已收').waitFor({ timeout: 60_000 });
    await t.page.getByTestId('chip').getByText(/县区已接收，待市级 \d+ 条/).waitFor();
    t.is(await row.getByText('市级已收').count() === 0, 'the city has no receipt for it');
    await t.look('district-only');
    await t.city.start('hub');
    await row.getByText('市级已收').waitFor({ timeout: 120_000 });
    t.is((await t.city.tell({ do: 'rung', id: booked.id })) === 'received', 'the page says what the node says');
  },
});
