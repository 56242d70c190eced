#!/usr/bin/env node
// W4 预约与办件: the list of a day with its rungs, one record, what is done to it, with the line cut.
import { journeys } from './support.mjs';

const RECORD = /^\/s\/records\/[a-z2-7]+$/;
const rows = (t) => t.page.locator('.record-table tbody tr:not(.record-gap)');
const badge = (row) => row.locator('td:last-child .yz-badge');
const day = (t) => t.city.at.day; // the next one that can be booked

async function openDay(t, path = '/s/records') {
  await t.open(path);
  await t.signIn();
  await t.page.getByLabel('日期').fill(day(t));
  await t.page.getByLabel('日期').press('Enter');
}

await journeys('records', {
  async a_day_lists_what_was_booked_and_how_far_it_has_come(t) {
    for (const number of [1, 2, 3]) await t.city.book(number, day(t));
    await openDay(t);
    await rows(t).nth(2).waitFor();
    await rows(t).first().getByText('已确认').waitFor();
    await rows(t).first().getByText('市级已收').waitFor({ timeout: 30_000 });
    t.is(await badge(rows(t).first()).count() === 0, 'where all is well nothing stands out');
    await t.look('records');
  },

  async with_the_line_cut_a_booking_stands_at_saved_here_and_climbs_after(t) {
    await openDay(t);
    await t.city.cut();
    const booked = await t.city.book(4, day(t));
    const row = rows(t).filter({ hasText: booked.number });
    await row.getByText('已存本机').waitFor();
    await t.page.getByTestId('chip').getByText('离线工作中').waitFor({ timeout: 90_000 });
    await t.look('records-line-cut');
    t.is(await badge(row).count() === 1, 'what has not left stands out');
    await t.city.mend();
    await row.getByText('市级已收').waitFor({ timeout: 120_000 });
    t.is(await badge(row).count() === 0, 'and then it is quiet');
  },

  async one_record_is_opened_by_keys_and_masked_until_asked(t) {
    await openDay(t);
    await rows(t).first().waitFor();
    await rows(t).first().focus();
    await t.page.keyboard.press('ArrowDown');
    await t.page.keyboard.press('Enter');
    await t.page.waitForURL((url) => RECORD.test(url.pathname));
    const drawer = t.page.locator('.yz-drawer');
    await drawer.getByText('变更记录').waitFor();
    t.is(!/140399\d{11}/.test(await drawer.innerText()), 'the document number is masked');
    await t.key('Alt+v');
    await drawer.getByText(/140399\d{11}/).waitFor();
    await t.key('Escape');
    await drawer.waitFor({ state: 'hidden' });
  },

  async a_record_is_moved_checked_in_and_finished(t) {
    await openDay(t);
    await rows(t).first().click();
    const drawer = t.page.locator('.yz-drawer');
    await drawer.getByRole('button', { name: '改约' }).click();
    let window = '';
    await t.until('a window is offered', async () => (window = await drawer.locator('[name=window]').inputValue()) !== '');
    await drawer.getByRole('button', { name: '改到此时段' }).click();
    await drawer.locator('dd', { hasText: window }).waitFor();
    await drawer.getByRole('button', { name: '签到' }).click();
    await drawer.getByText('已签到').first().waitFor();
    await t.look('record-checked-in');
    await drawer.getByRole('button', { name: '办结' }).click();
    await drawer.getByText('已办结').first().waitFor();
  },

  async a_cancel_asks_for_its_reason(t) {
    await openDay(t);
    await rows(t).filter({ hasText: '已确认' }).first().click();
    const drawer = t.page.locator('.yz-drawer');
    await drawer.getByRole('button', { name: '取消预约' }).click();
    await drawer.getByRole('button', { name: '确认取消' }).click();
    await drawer.getByText('请选择取消原因。').waitFor();
    await t.look('record-cancel-refused');
    await drawer.locator('[name=reason]').selectOption('client_request');
    await drawer.getByRole('button', { name: '确认取消' }).click();
    await drawer.getByText('居民取消').first().waitFor();
  },

  async what_was_changed_on_both_sides_of_a_cut_is_shown_and_settled(t) {
    await openDay(t);
    const shared = await t.city.book(9, day(t));
    await t.until('the hub has it', async () => (await t.city.tell({ do: 'rung', id: shared.id })) === 'received', 60);
    await t.city.cut();
    await t.city.tell({ do: 'edit', node: 'yinying', id: shared.id, fields: { phone: '13900000001' } });
    await t.city.tell({ do: 'edit', node: 'hub', id: shared.id, fields: { phone: '13900000002' } });
    await t.city.mend();
    const drawer = t.page.locator('.yz-drawer');
    await t.until('both phones are here', async () => {
      await t.open(`/s/records/${shared.id}`);
      return drawer.getByText('13900000002').first().waitFor({ timeout: 3_000 }).then(() => true, () => false);
    }, 120);
    await t.look('record-both-values');
    await drawer.getByRole('button', { name: '采用这个' }).last().click();
    await drawer.getByText('在两处同时改过').waitFor({ state: 'detached' });
  },

  async the_hub_lists_what_both_stations_booked(t) {
    t.origin = t.city.at.hub;
    await t.open('/h/records');
    await t.signIn('施管', t.city.at.passphrase);
    await t.page.getByLabel('日期').fill(day(t));
    await t.page.getByLabel('日期').press('Enter');
    await rows(t).nth(1).waitFor();
    await t.look('hub-records');
    await rows(t).first().click();
    const drawer = t.page.locator('.yz-drawer');
    await drawer.getByText('变更记录').waitFor();
    for (const name of ['签到', '办结', '改约', '取消预约', '补打']) {
      t.is(await drawer.getByRole('button', { name }).count() === 0, `the city is offered ${name}`);
    }
  },

  async a_person_is_found_by_the_phone_and_by_a_name_that_is_not_there(t) {
    await t.city.book(4242);
    await t.open('/s/records');
    await t.signIn();
    await t.key('F3');
    await t.hasFocus('find');
    await t.type('4242');
    await t.until('one row', async () => (await t.page.locator('.record-table tbody tr').count()) === 1);
    await t.look('records-found');
    await t.key('Enter');
    await t.key('Enter');
    await t.page.locator('.yz-drawer').getByText('变更记录').waitFor();
    await t.key('Escape');
    await t.page.locator('.yz-drawer').waitFor({ state: 'hidden' });
    await t.page.locator('[name=find]').fill('无此人');
    await t.sees('没有符合条件的记录。');
    await t.look('records-none');
  },
});
