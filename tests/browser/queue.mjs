#!/usr/bin/env node
// W1 and W3: check in, call, serve, finish, by keys; nothing closes by itself.
import { journeys, newPage } from './support.mjs';

const ticket = (t) => t.page.locator('.current-ticket').textContent();

async function sit(t, number = 1, name = '王敏') {
  await t.open('/s');
  await t.signIn(name);
  await t.page.getByRole('button', { name: `${number}号窗口` }).click();
  const taken = t.page.getByRole('button', { name: '接管' }); // one's own other page, or another clerk's
  await t.page.locator('.counter-foot').or(taken).first().waitFor();
  if (await taken.isVisible()) await taken.click();
  await t.page.locator('.counter-foot').waitFor();
}
async function walkIn(t) {
  const answer = await t.city.write('/visits', { item: 'SB-0101' });
  t.is(answer.status === 201, `a ticket: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body.visit.ticket;
}

const SAME_KEY_MS = 620; // the same key within 600 ms is one wish

await journeys('queue', {
  async a_walk_in_is_called_served_and_finished_with_one_key_each(t) {
    await t.city.lead('/windows', { number: 1, name: '综合窗口', groups: [] });
    await t.city.lead('/windows', { number: 2, name: '社保窗口', groups: [] });
    await t.open('/s');
    await t.signIn();
    await t.page.getByRole('button', { name: '1号窗口' }).waitFor();
    await t.look('windows');
    await t.page.getByRole('button', { name: '1号窗口' }).click();
    await t.sees('暂无人等候。F2 登记预约，F4 为到场居民签到。');
    await t.look('counter-empty');
    const number = await walkIn(t);
    await t.page.locator('.queue-list').getByText(number).waitFor();
    await t.look('counter-waiting');
    t.keys = 0;
    await t.key('F8');
    await t.sees(`${number} 到窗了吗？`);
    t.is(t.keys === 1, 'one key calls');
    await t.look('counter-called');
    await t.key('Enter');
    await t.page.getByText('办理计时').waitFor();
    await t.look('counter-serving');
    await t.key('F10');
    await t.page.locator('.current-visit').waitFor({ state: 'detached' });
    await t.look('counter-finished');
    await t.page.getByRole('button', { name: `${number} 打印评价码` }).waitFor();
    await t.key('F9');
    await t.sees('没有打印：没有可用的打印机。可在此打开后打印。（PRN-01）');
    await t.look('counter-code');
  },

  async what_failed_is_told_beside_the_work_and_covers_none_of_it(t) {
    const number = await walkIn(t);
    await sit(t);
    await t.page.locator('.queue-list').getByText(number).waitFor();
    await t.page.route('**/api/v1/queue/call', (route) => route.abort('connectionrefused'));
    await t.key('F8');
    const told = t.page.getByRole('alert').filter({ hasText: '本机没有回应' });
    await told.waitFor();
    await t.page.unroute('**/api/v1/queue/call');
    const hidden = await t.page.evaluate(() => [...document.querySelectorAll('button, a, input')].filter((each) => {
      if (!each.checkVisibility() || each.closest('.queue-list ol')) return false; // the list scrolls
      const box = each.getBoundingClientRect();
      const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      return box.y > 0 && !each.contains(top);
    }).map((each) => each.textContent));
    t.is(hidden.length === 0, `covered: ${hidden}`);
    t.is(await t.page.evaluate(() => document.querySelector('main').scrollHeight <= document.querySelector('main').clientHeight), 'all of it fits without scrolling');
    await t.look('counter-failed');
    await told.getByRole('button', { name: '关闭' }).click();
    await told.waitFor({ state: 'hidden' });
    await t.page.locator('.queue-list').getByRole('button', { name: /挂起/ }).click();
    await t.page.locator('.queue-list').getByRole('button', { name: '等候' }).click();
    await t.page.waitForTimeout(SAME_KEY_MS);
    await t.key('F8');
    await t.sees(`${number} 到窗了吗？`);
    await t.key('Alt+g');
    await t.page.locator('.current-visit').waitFor({ state: 'detached' });
  },

  async the_last_act_is_taken_back_within_ten_seconds_and_not_after(t) {
    const number = await walkIn(t);
    await sit(t);
    const offer = t.page.getByRole('button', { name: '撤销' });
    await t.key('F8');
    await t.sees(`${number} 到窗了吗？`);
    await offer.waitFor();
    await t.look('counter-undo');
    await t.key('Alt+U');
    await t.sees('已撤销');
    await t.page.locator('.current-visit').waitFor({ state: 'detached' });
    await t.page.locator('.queue-list').getByText(number).waitFor();
    t.is((await offer.count()) === 0, 'what was taken back is offered no more');
    await t.page.waitForTimeout(700);
    await t.key('F8');
    await t.sees(`${number} 到窗了吗？`);
    await t.key('Enter');
    await t.page.getByText('办理计时').waitFor();
    await t.page.locator('.current-visit').getByLabel('备注').focus();
    await t.type('子女');
    for (let i = 0; i < 4; i++) await t.key('Control+Z'); // in a text field: the field's own
    t.is((await t.page.locator('.current-visit').getByLabel('备注').inputValue()) === '', 'the text is undone');
    await t.page.getByText('办理计时').waitFor();
    await t.page.locator('h1, h2, h3').first().click();
    await t.key('Control+Z');
    await t.sees(`${number} 到窗了吗？`);
    await t.key('Enter');
    await t.page.getByText('办理计时').waitFor();
    await t.key('F10');
    await t.page.locator('.current-visit').waitFor({ state: 'detached' });
    await offer.waitFor();
    await offer.waitFor({ state: 'detached' });
    await t.key('Alt+U');
    t.is((await t.page.locator('.current-visit').count()) === 0, 'after ten seconds nothing comes back');
  },

  async a_booking_and_a_cancellation_are_taken_back_in_the_history_of_the_record(t) {
    const record = await t.city.book(78, t.city.at.day);
    await t.open(`/s/records/${record.id}`);
    await t.signIn();
    const drawer = t.page.locator('.yz-drawer');
    await drawer.getByRole('button', { name: '取消预约' }).click();
    await drawer.locator('[name=reason]').selectOption('client_request');
    await drawer.getByRole('button', { name: '确认取消' }).click();
    await drawer.getByText('居民取消').first().waitFor();
    await t.key('Alt+U');
    await t.sees('已撤销');
    await drawer.locator('.record-facts').getByText('已确认').waitFor();
    await drawer.locator('.record-history').getByText('撤销').first().waitFor();
    await t.look('record-undone');
  },

  async f8_while_serving_asks_first_and_closes_nothing(t) {
    const first = await walkIn(t);
    const second = await walkIn(t);
    await sit(t);
    await t.key('F8');
    await t.sees(`${first} 到窗了吗？`);
    await t.key('Enter');
    await t.page.getByText('办理计时').waitFor();
    await t.page.waitForTimeout(700);
    await t.key('F8');
    await t.sees(`${first} 尚未办结。`);
    t.is((await ticket(t)) === first, 'the case is still here');
    await t.look('counter-not-finished');
    await t.key('Escape');
    await t.page.getByText(`${first} 尚未办结。`).waitFor({ state: 'detached' });
    await t.page.waitForTimeout(700);
    await t.key('F8');
    await t.key('F10');
    await t.sees(`${second} 到窗了吗？`);
  },

  async who_has_an_appointment_checks_in_by_the_phone(t) {
    await t.city.book(77, t.city.at.day);
    await t.open('/s/check-in');
    await t.signIn();
    t.keys = 0;
    await t.type('0077');
    await t.key('Enter');
    await t.sees(/已签到/);
    t.is(t.keys <= 3, `${t.keys} keys`);
    await t.key('F9');
    await t.sees('没有打印：没有可用的打印机。可在此打开后打印。（PRN-01）');
    await t.look('checked-in');
  },

  async what_is_typed_about_a_person_is_saved_before_the_person_goes(t) {
    await walkIn(t);
    await sit(t);
    await t.key('F8');
    await t.page.locator('.current-ask').waitFor();
    await t.key('Enter');
    const note = t.page.locator('[name=visit-note]');
    await note.waitFor();
    const { current } = await t.city.get('/queue', { window: 1 });
    await note.fill('行动不便');
    await t.key('F10');
    await t.page.locator('.current-visit').waitFor({ state: 'detached' });
    const visit = await t.city.get(`/visits/${current.id}`);
    t.is(visit.note === '行动不便' && visit.state === 'finished', `${visit.note} ${visit.state}`);
  },

  async behind_the_sheet_of_keys_nothing_is_done(t) {
    await walkIn(t);
    await sit(t);
    await t.key('F1');
    await t.page.getByTestId('key-sheet').waitFor();
    await t.key('F8');
    await t.page.waitForTimeout(300);
    t.is(await t.page.locator('.current-ask').count() === 0, 'nobody is called');
    await t.key('Escape');
    await t.page.getByTestId('key-sheet').waitFor({ state: 'hidden' });
    await t.page.waitForTimeout(700);
    await t.key('F8');
    await t.page.locator('.current-ask').waitFor();
    await t.page.getByRole('button', { name: 'Alt+G 过号' }).focus();
    await t.key('Enter');
    await t.page.locator('.current-ask').waitFor({ state: 'detached' });
    t.is(await t.page.getByText('办理计时').count() === 0, 'Enter pressed the button that had the focus');
  },

  async a_window_that_was_taken_over_says_so_and_stops(t) {
    await sit(t, 2);
    const page = await newPage(t.page.context().browser());
    await page.goto(`${t.origin}/s`);
    await page.getByRole('button', { name: '赵磊' }).click();
    await page.locator('[name=secret]').fill(t.city.at.pin);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: '2号窗口' }).click();
    await page.getByText('2号窗口正由王敏使用。接管后对方锁屏，内容保留。').waitFor();
    await page.screenshot({ path: 'build/browser/shots/window-taken.png' });
    await page.getByRole('button', { name: '接管' }).click();
    await page.locator('.counter-foot').waitFor();
    await t.sees('2号窗口已在另一处接管');
    await t.look('window-lost');
    await page.context().close();
  },
});
