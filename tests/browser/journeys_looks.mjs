#!/usr/bin/env node
// What holds for every page: its language, its list of keys, ten thousand rows, what it says of the line above.
// Journeys 39, 41, 46, 60, 64 of the specification.
import { settled } from './places.mjs';
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
