#!/usr/bin/env node
// W13: 交班 keeps the window and its queue for the next; 日结 asks about those who are left.
import { journeys } from './support.mjs';

async function sit(t, number, name = '王敏') {
  await t.open('/s');
  await t.signIn(name);
  await t.page.getByRole('button', { name: `${number}号窗口` }).click();
  const taken = t.page.getByRole('button', { name: '接管' });
  await t.page.locator('.counter-foot').or(taken).first().waitFor();
  if (await taken.isVisible()) await taken.click();
  await t.page.locator('.counter-foot').waitFor();
}
const walkIn = async (t) => (await t.city.write('/visits', { item: 'SB-0101' })).body.visit.ticket;

await journeys('day_end', {
  async a_shift_is_handed_over_with_its_window_and_who_stands_there(t) {
    await t.city.lead('/windows', { number: 1, name: '综合窗口', groups: [] });
    const first = await walkIn(t);
    await walkIn(t);
    await sit(t, 1);
    await t.key('F8');
    await t.sees(`${first} 到窗了吗？`);
    await t.key('Enter');
    await t.page.getByText('办理计时').waitFor();
    await t.page.getByRole('button', { name: '交班与日结' }).click();
    await t.sees(/交接: 等候 1 挂起 0 待上报 \d+/);
    await t.sees(`${first} 正在办理，留给下一位继续。`);
    await t.look('hand-over');
    await t.page.getByRole('button', { name: '交班，换人登录' }).click();
    await t.page.locator('form.sign-in').waitFor();
    await t.page.locator('form.sign-in').getByText(/交接: 等候 1 挂起 0 待上报 \d+/).waitFor();
    await t.look('hand-over-sign-in');
    await t.signIn('赵磊');
    await t.key('Alt+3');
    await t.page.locator('.current-ticket').getByText(first).waitFor();
    await t.page.locator('.top-bar').getByText('1号窗口').waitFor();
    await t.page.locator('.top-bar').getByText('赵磊').waitFor();
    const window = (await t.city.get('/windows')).windows.find((each) => each.number === 1);
    t.is(window.held_by === '赵磊', `the window is held by ${window.held_by}`);
    await t.look('handed-over');
    await t.page.waitForTimeout(700);
    await t.key('F10');
    await t.page.locator('.current-visit').waitFor({ state: 'detached' });
  },

  async the_day_is_closed_after_asking_about_those_who_are_left(t) {
    const forms = (await t.city.write('/slips', { kind: 'paper_forms', count: 2, paper: 'a4', printer: 'nowhere' })).body.numbers;
    await sit(t, 1);
    await t.page.getByRole('button', { name: '交班与日结' }).click();
    const sheet = t.page.getByRole('region', { name: '日结' });
    await sheet.getByText('还有 1 人未办结：').waitFor();
    await sheet.getByText('应剩 2 张').waitFor();
    await sheet.locator('[name=spoiled]').fill(forms[0]);
    await sheet.getByRole('button', { name: '登记作废' }).click();
    await sheet.getByText('发出 2 · 已补录 0 · 作废 1').waitFor();
    t.is(!await t.page.getByText('现在可以关机').isVisible(), 'nothing is promised before');
    await t.look('day-close-left');
    await sheet.getByRole('button', { name: '转为明日优先' }).click();
    await sheet.getByText(/已日结/).waitFor();
    await t.sees('现在可以关机，数据都已存本机。');
    await sheet.getByText('没有打印：没有可用的打印机。可在此打开后打印。（PRN-01）').waitFor();
    await t.look('day-closed');
    await t.city.tell({ do: 'sign_in' }); // who was signed in elsewhere is so no longer
    const held = (await t.city.get('/windows')).windows.map((each) => each.held_by);
    t.is(held.every((name) => name === null), `windows are held by ${held}`);
  },

  async with_the_line_cut_the_day_is_closed_just_so(t) {
    await t.city.cut();
    await t.city.book(81);
    await sit(t, 1);
    await t.page.getByRole('button', { name: '交班与日结' }).click();
    const sheet = t.page.getByRole('region', { name: '日结' });
    await sheet.getByText(/待上报 \d+ 条/).waitFor({ timeout: 30_000 });
    await sheet.getByRole('button', { name: '重新日结并打印' }).click();
    await t.sees('现在可以关机，数据都已存本机。');
    await t.look('day-closed-line-cut');
    await t.city.mend();
  },
});
