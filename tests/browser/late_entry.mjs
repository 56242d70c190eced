#!/usr/bin/env node
// 补录: forms are printed before an outage, written by hand, and entered after it, one number each.
import { journeys } from './support.mjs';

const NAME = '张桂芳';
const value = (t, name) => t.page.locator(`[name=${name}]`).inputValue();
let numbers = [];

async function openPage(t, path = '/s/late') {
  await t.open(path);
  await t.signIn();
  await t.page.getByRole('heading', { name: '补录（停电/手写单）' }).waitFor();
  t.keys = 0;
}
// When it was written, by the clock of the station: some minutes ago, or the first minute of the day.
async function written(t) {
  const { now_ms: now } = await t.city.get('/status');
  const local = (ms) => new Date(ms + 8 * 3_600_000).toISOString();
  const ago = local(now - 5 * 60_000);
  return ago.slice(0, 10) === local(now).slice(0, 10) ? ago.slice(11, 16) : '00:00';
}

await journeys('late_entry', {
  async forms_are_printed_before_an_outage_with_numbers_of_their_own(t) {
    await t.open('/s/records');
    await t.signIn();
    await t.page.getByRole('button', { name: '补录（停电/手写单）' }).click();
    await t.page.locator('[name=forms-count]').fill('51');
    await t.page.getByRole('button', { name: '打印手写单' }).click();
    await t.sees('一次可印 1 至 50 张。');
    await t.page.locator('[name=forms-count]').fill('4');
    await t.page.getByRole('button', { name: '打印手写单' }).click();
    await t.sees(/已预留 4 个编号/);
    const [first, last] = /(\S+) 至 (\S+)/.exec(await t.page.locator('.paper-to-print p[role=status]').textContent()).slice(1);
    t.is(first !== last, 'each form has its own number');
    await t.sees('没有打印：没有可用的打印机。可在此打开后打印。（PRN-01）');
    const pdf = await t.page.request.get(t.origin + await t.page.getByRole('link', { name: '打开凭证' }).getAttribute('href'));
    t.is((await pdf.body()).subarray(0, 4).toString() === '%PDF', 'the forms can be opened here');
    await t.look('late-print');
    const made = await t.city.write('/slips', { kind: 'paper_forms', count: 5, paper: 'a4', printer: 'nowhere' });
    numbers = made.body.numbers;
    await t.page.getByRole('button', { name: '打印预约表' }).click();
    await t.page.getByRole('button', { name: '补打' }).waitFor();
  },

  async a_booking_of_a_form_keeps_the_time_that_stands_on_it(t) {
    await openPage(t);
    await t.scan(`YZ1:${numbers[0]}`);
    await t.hasFocus('time');
    t.is(await value(t, 'paper') === numbers[0], `scanned ${await value(t, 'paper')}`);
    const time = await written(t);
    await t.page.locator('[name=time]').fill(time);
    await t.page.locator('[name=name]').fill(NAME);
    await t.page.locator('[name=number]').fill(await t.city.resident(61));
    await t.page.locator('[name=phone]').fill('13812345678');
    await t.page.getByRole('combobox', { name: /事项/ }).click();
    await t.type('sb');
    await t.page.keyboard.press('Enter');
    const windows = t.page.waitForResponse((answer) => answer.url().includes(`/slots?date=${t.city.at.day}`));
    await t.page.locator('[name=date]').fill(t.city.at.day);
    await windows;
    await t.page.locator('[name=window] option').nth(3).waitFor({ state: 'attached' });
    await t.page.locator('[name=window]').selectOption({ index: 3 });
    await t.sees(`业务时间 ${time}`);
    await t.look('late-ready');
    await t.key('F9');
    await t.said(`已存本机 · 补录 ${numbers[0]}`);
    await t.until('ready for the next form of the day', async () => await value(t, 'name') === '' && await value(t, 'day') !== '');
    await t.hasFocus('paper');
    await t.look('late-saved');
    await t.open('/s/records');
    await t.key('F3');
    await t.hasFocus('find');
    await t.type(numbers[0]);
    await t.page.locator('.record-table tbody tr').filter({ hasText: numbers[0] }).first().click();
    await t.page.locator('.yz-drawer').getByText('补录').first().waitFor();
    await t.page.locator('.yz-drawer').getByText(time).first().waitFor();
    await t.look('late-record');
  },

  async a_form_is_entered_once_and_a_wrong_digit_is_told_at_its_field(t) {
    await openPage(t);
    const wrong = numbers[1].slice(0, -1) + ((Number(numbers[1].at(-1)) + 1) % 10);
    await t.page.locator('[name=paper]').fill(wrong);
    await t.page.locator('[name=time]').fill(await written(t));
    await t.page.locator('[name=what]').selectOption('walk_in');
    await t.page.getByRole('combobox', { name: /事项/ }).click();
    await t.type('sb');
    await t.page.keyboard.press('Enter');
    await t.key('F9');
    await t.sees('手写单编号校验不符：请逐位核对，或扫手写单上的二维码。');
    await t.hasFocus('paper'); // the field at fault
    await t.look('late-wrong');
    await t.page.locator('[name=paper]').fill(numbers[0].replaceAll('-', ''));
    await t.page.waitForTimeout(700);
    await t.key('F9');
    await t.sees('该手写单已经补录过。没有保存。请按编号查找原记录。');
    await t.look('late-again');
  },

  async what_was_served_by_hand_is_finished_and_never_waits(t) {
    await openPage(t);
    const before = (await t.city.get('/queue')).counts;
    await t.page.locator('[name=paper]').fill(numbers[2]);
    await t.page.locator('[name=time]').fill(await written(t));
    await t.page.locator('[name=what]').selectOption('walk_in');
    await t.page.getByRole('combobox', { name: /事项/ }).click();
    await t.type('sb');
    await t.page.keyboard.press('Enter');
    await t.key('F9');
    await t.said(`已存本机 · 补录 ${numbers[2]}`);
    const after = (await t.city.get('/queue')).counts;
    t.is(after.finished === before.finished + 1 && after.waiting === before.waiting, JSON.stringify([before, after]));
  },

  async a_form_that_was_half_entered_survives_a_reload_and_the_line_may_be_cut(t) {
    await t.city.cut();
    await openPage(t);
    await t.page.locator('[name=paper]').fill(numbers[3]);
    await t.page.locator('[name=name]').fill('赵铁柱');
    await t.drafted('late', 'name', '赵铁柱');
    await t.page.reload();
    await t.until('the draft is back', async () => (await value(t, 'name').catch(() => '')) === '赵铁柱');
    t.is(await value(t, 'paper') === numbers[3], 'with its number');
    await t.look('late-draft');
    await t.page.locator('[name=time]').fill(await written(t));
    await t.page.locator('[name=what]').selectOption('walk_in');
    await t.page.getByRole('combobox', { name: /事项/ }).click();
    await t.type('sb');
    await t.page.keyboard.press('Enter');
    await t.key('F9');
    await t.said(`已存本机 · 补录 ${numbers[3]}`);
    await t.city.mend();
  },
});
