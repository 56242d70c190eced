#!/usr/bin/env node
// What the hours do to whoever stands at a window: noon, the end of the afternoon, midnight. Numbers go on, the kind
// of a case is that of its start, and nobody is called twice or forgotten; the city sees it by kind. Journey 16.
// In order: one day, whose clock only goes forward.
import { journeys } from './support.mjs';

const BEGIN = '2026-11-26T11:56'; // a Thursday: 08:30–12:00, 14:30–18:00, noon between them
const TODAY = BEGIN.slice(0, 10);
const TOMORROW = '2026-11-30'; // a Monday, where places are left
const current = (t) => t.page.locator('.current-visit');
const row = (t, ticket) => t.page.locator('.queue-list li').filter({ hasText: ticket });
const count = (t, name) => t.page.locator('.day-counts dl > div').filter({ hasText: name }).locator('dd').innerText();

async function sit(t) {
  await t.open('/s');
  await t.signIn();
  await t.page.getByRole('button', { name: '1号窗口' }).click();
  const taken = t.page.getByRole('button', { name: '接管' });
  await t.page.locator('.counter-foot').or(taken).first().waitFor();
  if (await taken.isVisible()) await taken.click();
  await t.page.locator('.counter-foot').waitFor();
}
async function clock(t, to) {
  const now = new Date((await t.city.get('/status')).now_ms + 8 * 3_600_000);
  const [hours, minutes] = to.split(':').map(Number);
  const ahead = (hours * 60 + minutes - now.getUTCHours() * 60 - now.getUTCMinutes() + 1440) % 1440;
  await t.city.later(ahead);
  await t.until(`the page says ${to}`, async () => (await t.page.locator('.top-bar-clock').innerText()).startsWith(to.slice(0, 4)));
  if (await t.page.locator('form.sign-in').isVisible()) await t.signIn();
}
async function walkIn(t, priority = 'none') {
  const answer = await t.city.write('/visits', { item: 'SB-0101', priority });
  t.is(answer.status === 201, `a ticket: ${answer.status} ${JSON.stringify(answer.body)}`);
  await row(t, answer.body.visit.ticket).waitFor();
  return answer.body.visit;
}
async function callAndStart(t, visit) {
  await t.page.waitForTimeout(700); // the same key within 600 ms is one act
  await t.page.keyboard.press('F8');
  await t.sees(`${visit.ticket} 到窗了吗？`);
  await t.page.keyboard.press('Enter');
  await t.page.getByText('办理计时').waitFor();
}
async function finish(t) {
  await t.page.waitForTimeout(700);
  await t.page.keyboard.press('F10');
  await current(t).waitFor({ state: 'detached' });
}
const periodOf = async (t, visit) => (await t.city.get(`/visits/${visit.id}`)).period;
const says = async (t, kind) => (await current(t).innerText()).includes(kind);

await journeys('boundaries', {
  async at_noon_the_running_case_stays_regular_and_the_next_is_noon_service(t) {
    await t.city.lead('/windows', { number: 1, name: '综合窗口', groups: [] });
    const first = await t.city.book(1, TOMORROW);
    await sit(t);
    const [before, waits, elder] = [await walkIn(t), await walkIn(t), await walkIn(t, 'elder')];
    t.is([before, waits, elder].map((each) => each.ticket).join() === 'A001,A002,B001', 'each series begins at 1');
    await callAndStart(t, elder);
    t.is(!await says(t, '午间无休'), 'it is morning');
    await clock(t, '12:01');
    t.is(!await says(t, '午间无休'), 'a running case keeps the kind of its start');
    await finish(t);
    t.is(await periodOf(t, elder) === 'regular', 'and in the books as well');
    t.is(await count(t, '无休') === '0', 'no service off hours yet');
    const noon = await walkIn(t);
    t.is(noon.ticket === 'A003', `the series goes on: ${noon.ticket}`);
    await callAndStart(t, before);
    t.is(await says(t, '午间无休'), 'what begins at noon is noon service');
    await t.look('boundary-noon');
    await finish(t);
    t.is(await periodOf(t, before) === 'noon', 'in the books too');
    await t.until('counted', async () => await count(t, '无休') === '1');
    for (const each of [waits, noon]) {
      await callAndStart(t, each);
      await finish(t);
    }
    const next = await t.city.book(2, TOMORROW);
    t.is([first, next].map((each) => each.number.split('-').slice(1, 3).join('-')).join() === '1126-0001,1126-0002', `${first.number} ${next.number}`);
    await t.city.book(4, TODAY, '15:00'); // who will not come
  },

  async after_the_afternoon_who_came_before_its_end_is_served_in_overtime(t) {
    await sit(t);
    await clock(t, '17:57');
    const [running, waits] = [await walkIn(t), await walkIn(t)];
    t.is(running.ticket === 'A004' && waits.ticket === 'A005', `${running.ticket} ${waits.ticket}`);
    await callAndStart(t, running);
    await clock(t, '18:01');
    await finish(t);
    t.is(await periodOf(t, running) === 'regular', 'begun before the end');
    const later = await walkIn(t);
    t.is(later.ticket === 'A006', `a ticket after hours as before: ${later.ticket}`);
    await callAndStart(t, waits);
    t.is(await says(t, '延时服务'), 'came before, began after: overtime');
    await t.look('boundary-overtime');
    await finish(t);
    await callAndStart(t, later);
    t.is(await says(t, '晚间错时'), 'came after: the hours of then');
    await finish(t);
    t.is(await periodOf(t, waits) === 'overtime' && await periodOf(t, later) === 'flex_late', 'in the books');
    await t.until('counted', async () => await count(t, '无休') === '5');
  },

  async the_city_sees_off_hours_service_by_its_kind_and_who_was_promised_a_place(t) {
    t.origin = t.city.at.hub;
    await t.open('/h/');
    await t.signIn('施管', t.city.at.passphrase);
    const cards = t.page.locator('.figure-cards');
    const figures = async () => (await cards.innerText()).replace(/\s+/g, ' ').replaceAll('*', '');
    await cards.waitFor();
    await t.until('three at noon, one late, one in overtime', async () => (await figures()).includes('无休办件 5 午间 3 早晚错时 1 延时 1 周末 0 节假日 0'), 60);
    t.is((await figures()).includes('预约 1 已确认 1 预约到场 0'), `a place was promised to who stayed away: ${await figures()}`);
    await t.look('boundary-overview');
  },

  async at_midnight_numbers_begin_anew_and_nobody_is_forgotten(t) {
    await sit(t);
    await clock(t, '23:57');
    const [running, left] = [await walkIn(t), await walkIn(t)];
    await callAndStart(t, running);
    await t.page.locator('[name=visit-note]').fill('材料待补');
    await clock(t, '00:01');
    t.is(await t.page.locator('.current-ticket').innerText() === running.ticket, 'who is served stays at the window');
    t.is(await t.page.locator('[name=visit-note]').inputValue() === '材料待补', 'with what was typed');
    await t.page.locator('[name=visit-note]').blur();
    const tomorrow = await walkIn(t);
    t.is(tomorrow.ticket === 'A001' && tomorrow.business_date === '2026-11-27', `${tomorrow.ticket} of ${tomorrow.business_date}`);
    await finish(t);
    const whole = await t.city.get(`/visits/${running.id}`);
    t.is(whole.state === 'finished' && whole.business_date === '2026-11-26', 'finished, and counted for its own day');
    await row(t, left.ticket).waitFor({ state: 'detached' });
    await t.sees('还有 1 人是前几天的，未办结。');
    await t.look('boundary-midnight');
    await callAndStart(t, tomorrow);
    await finish(t);
    const booked = await t.city.book(3, TOMORROW);
    t.is(booked.number.includes('-1127-0001-'), `the numbers of slips too: ${booked.number}`);
  },
}, { begin: BEGIN });
