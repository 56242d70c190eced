#!/usr/bin/env node
// A station that lost the time with its battery, its line cut: it serves on, asks what time it is, and marks what it
// wrote in doubt until the line is back.
import { journeys } from './support.mjs';

const bar = (t) => t.page.locator('.clock-bar');
const dialog = (t) => t.page.getByRole('dialog', { name: '现在是哪天、几点？' });

async function history(t, record) {
  await t.open(`/s/records/${record.id}`);
  await t.page.locator('.record-history li').first().waitFor();
  return t.page.locator('.record-history');
}

await journeys('clock', {
  async who_is_at_the_counter_says_what_time_it_is_and_nothing_waits_for_it(t) {
    await t.city.cut();
    await t.city.startMachine('@1970-01-01 12:00:00');
    await t.open('/s');
    t.is(!await bar(t).isVisible(), 'nobody is asked before the sign-in');
    await t.signIn();
    await bar(t).getByText('本机时间可能不准').waitFor();
    const doubted = await t.city.book(1);
    await t.look('clock-asks');
    await bar(t).getByRole('button', { name: '校准时间' }).click();
    await dialog(t).waitFor();
    await dialog(t).locator('[name=day]').fill('1999-03-09');
    await dialog(t).getByRole('button', { name: '就是这个时间' }).click();
    await dialog(t).getByText('这个时间不可能').waitFor();
    await t.look('clock-impossible');
    const now = new Date(Date.now() + 8 * 3_600_000).toISOString();
    await dialog(t).locator('[name=day]').fill(now.slice(0, 10));
    await dialog(t).locator('[name=time]').fill(now.slice(11, 16));
    await dialog(t).getByRole('button', { name: '就是这个时间' }).click();
    await dialog(t).waitFor({ state: 'hidden' });
    await bar(t).waitFor({ state: 'detached' });
    await (await history(t, doubted)).getByText('时间待校准').waitFor();
    await t.look('clock-history');
    await t.open('/s/health');
    await t.sees('由工作人员确认，待校准');
    await t.look('clock-said');
  },

  async the_line_tells_the_time_and_nothing_more_is_marked(t) {
    await t.city.mend();
    await t.open('/s/health');
    await t.signIn();
    await t.sees('已按上级时间登记（CLK-01）', 60);
    await t.look('clock-off');
    const clear = await t.city.book(2);
    const shown = await history(t, clear);
    t.is(await shown.getByText('时间待校准').count() === 0, 'the time is known');
  },
});
