#!/usr/bin/env node
// W1 and W3 where it is hard: two windows at once, the same clerk in two tabs, missed and back, hold and transfer, keys
// that follow each other fast, answers that are lost, own slips, slips of other stations, two people with one phone. Journeys 20 to 23, 25, 28, 31, 33.
import { settled } from './places.mjs';
import { journeys, newPage } from './support.mjs';

const BEGIN = '2026-11-26T09:05'; // a Thursday
const ticketOf = (page) => page.locator('.current-ticket').textContent();
const row = (page, ticket) => page.locator('.queue-list li').filter({ hasText: ticket });
const pause = (t) => t.page.waitForTimeout(700); // the same key within 600 ms is one act

async function walkIn(t, item = 'SB-0101') {
  const answer = await t.city.write('/visits', { item });
  t.is(answer.status === 201, `a ticket: ${answer.status}`);
  return answer.body.visit.ticket;
}
async function windows(t) {
  for (const [number, name] of [[1, '综合窗口'], [2, '社保窗口']]) {
    const have = (await t.city.get('/windows')).windows.some((each) => each.number === number);
    if (!have) await t.city.lead('/windows', { number, name, groups: [] });
  }
}
async function enter(page, origin, name, pin) {
  await page.goto(`${origin}/s`);
  await page.getByRole('button', { name }).click();
  await page.locator('[name=secret]').fill(pin);
  await page.keyboard.press('Enter');
  await page.locator('form.sign-in').waitFor({ state: 'detached' });
}
async function sit(page, number) {
  await page.getByRole('button', { name: `${number}号窗口` }).click();
  const taken = page.getByRole('button', { name: '接管' });
  await page.locator('.counter-foot').or(taken).first().waitFor();
  if (await taken.isVisible()) await taken.click();
  await page.locator('.counter-foot').waitFor();
}
async function at(t, number) {
  await windows(t);
  await enter(t.page, t.origin, '王敏', t.city.at.pin);
  await sit(t.page, number);
}
async function call(t) {
  await pause(t);
  await t.page.keyboard.press('F8');
  await t.page.locator('.current-ask').waitFor();
  return ticketOf(t.page);
}
async function start(t) {
  await t.page.keyboard.press('Enter');
  await t.page.getByText('办理计时').waitFor();
}
async function finish(t) {
  await pause(t);
  await t.page.keyboard.press('F10');
  await t.page.locator('.current-visit').waitFor({ state: 'detached' });
}
async function sendOff(t) {
  await pause(t);
  await t.page.keyboard.press('Alt+z');
  await t.page.getByRole('dialog').getByText('2号窗口').waitFor();
  await t.page.keyboard.press('Enter');
  await t.page.locator('.current-visit').waitFor({ state: 'detached' });
}
// From window 2, by whoever sits there; `isLast`: it has been sent around as often as it may be.
async function sendBack(t, ticket, { isLast = false } = {}) {
  const { seat } = (await t.city.write('/windows/2/open', { take_over: true })).body;
  const { id } = await visits(t, ticket);
  for (const [path, body] of [['/queue/call', { seat, visit: id }], [`/visits/${id}/start`, { seat }]]) {
    const { status } = await t.city.write(path, body);
    t.is(status === 200, `${path}: ${status}`);
  }
  const answer = await t.city.write(`/visits/${id}/transfer`, { seat, to_window: 1 });
  if (!isLast) return t.is(answer.status === 200, `sent back: ${JSON.stringify(answer)}`);
  t.is(answer.status === 400 && answer.body.title === '转窗次数已达上限', `not once more: ${JSON.stringify(answer)}`);
  await t.city.write(`/visits/${id}/finish`, { seat, outcome: 'done' });
  return t.city.write('/windows/2/close', { seat });
}
const calledIn = (t) => t.page.evaluate(() => (document.querySelector('.current-ask') ? document.querySelector('.current-ticket')?.textContent : '') ?? '');
// What is asked of the node from now on, by the last word of its address.
function actsOf(t) {
  const asked = [];
  t.page.on('request', (request) => { if (request.method() === 'POST' && /\/(visits|queue)\//.test(request.url())) asked.push(request.url().split('/').at(-1)); });
  return asked;
}
// Made before the page opens: what a page asks at the moment when its first route is made may pass beside it.
// From `begin` on the node does it once, and the page is not told: neither by the answer nor by what it reads
// after it.
async function losesAnswer(t, path) {
  const lost = { begun: false, begin() { lost.begun = true; }, heal() { lost.begun = false; } };
  const routed = (url, handler) => t.page.route(url, (route) => (lost.begun ? handler(route) : route.continue()));
  await routed((url) => url.pathname === '/api/v1/queue', (route) => route.abort('connectionreset'));
  await routed(`**/${path}`, async (route) => {
    if (lost.key !== undefined) return route.continue();
    lost.key = route.request().headers()['idempotency-key'];
    lost.answer = await (await route.fetch()).json();
    return route.abort('connectionreset');
  });
  return lost;
}
const visits = async (t, ticket) => (await t.city.get('/queue')).waiting.find((each) => each.ticket === ticket);

await journeys('journeys_queue', {
  async a_colleague_who_is_called_for_help_comes_and_nothing_typed_is_touched(t) {
    await at(t, 1);
    const other = await newPage(t.page.context().browser());
    await enter(other, t.origin, '赵磊', t.city.at.pin);
    const bar = (page) => page.locator('.help-bar');
    await t.page.keyboard.press('F2');
    await t.page.locator('[name=name]').fill('张桂芳');
    await t.page.keyboard.press('Control+Alt+h');
    await bar(t.page).getByText('已向同事求助，等待回应').waitFor();
    const alert = other.getByRole('alert').filter({ hasText: '1号窗口 · 王敏 求助，请就近前往' });
    await alert.waitFor();
    await t.look('help-asked');
    await alert.getByRole('button', { name: '我去' }).click();
    await bar(other).getByText('您正前往：1号窗口 · 王敏').waitFor();
    await bar(t.page).getByText('赵磊 正在过来').waitFor();
    t.is(await t.page.locator('[name=name]').inputValue() === '张桂芳', 'the form is as it was');
    await bar(t.page).getByRole('button', { name: '已解决' }).click();
    for (const page of [t.page, other]) await bar(page).waitFor({ state: 'detached' });
    await t.page.locator('[name=name]').fill('');
    await other.context().close();
  },

  async two_windows_that_call_together_call_two_people(t) {
    await at(t, 1);
    const other = await newPage(t.page.context().browser());
    await enter(other, t.origin, '赵磊', t.city.at.pin);
    await sit(other, 2);
    for (let round = 0; round < 3; round += 1) {
      const two = [await walkIn(t), await walkIn(t)].sort();
      await row(t.page, two[1]).waitFor();
      await row(other, two[1]).waitFor();
      await pause(t);
      await Promise.all([t.page.keyboard.press('F8'), other.keyboard.press('F8')]);
      await Promise.all([t.page, other].map((page) => page.locator('.current-ask').waitFor()));
      const called = [await ticketOf(t.page), await ticketOf(other)].sort();
      t.is(called.join() === two.join(), `${two} wait, ${called} are called`);
      for (const page of [t.page, other]) {
        await page.keyboard.press('Enter');
        await page.getByText('办理计时').waitFor();
        await page.waitForTimeout(700);
        await page.keyboard.press('F10');
        await page.locator('.current-visit').waitFor({ state: 'detached' });
      }
    }
    await other.context().close();
  },

  async the_same_clerk_in_two_tabs_works_in_one(t) {
    await at(t, 1);
    await t.page.keyboard.press('F2');
    await t.page.locator('[name=name]').fill('钱未存');
    const second = await t.page.context().newPage();
    await second.goto(`${t.origin}/s`);
    await second.getByText('1号窗口').first().waitFor();
    await sit(second, 1);
    await t.page.bringToFront();
    t.is(await t.page.locator('[name=name]').inputValue() === '钱未存', 'what was typed in the first is kept');
    await t.page.keyboard.press('Alt+3');
    await t.sees('1号窗口已在另一处接管');
    await t.page.keyboard.press('F8');
    await pause(t);
    t.is((await t.city.get('/queue', { window: 1 })).current === null, 'the first calls nobody any more');
    await t.look('two-tabs');
    await second.close();
  },

  async who_was_missed_returns_behind_the_next_three(t) {
    await at(t, 1);
    const [missed, ...next] = [await walkIn(t), await walkIn(t), await walkIn(t), await walkIn(t), await walkIn(t)];
    t.is((await call(t)) === missed, 'the first is called');
    await t.page.keyboard.press('Alt+g');
    await t.page.locator('.current-visit').waitFor({ state: 'detached' });
    await t.page.getByRole('button', { name: '过号(' }).click();
    await row(t.page, missed).getByRole('button', { name: '返回队列' }).click();
    await t.page.getByRole('button', { name: '等候', exact: true }).click();
    await row(t.page, missed).waitFor();
    const order = (await t.city.get('/queue')).waiting.map((each) => each.ticket);
    t.is(order.indexOf(missed) === 3, `${missed} stands in ${order}`);
    t.is((await visits(t, missed)).reason === 'returned', 'and it is told why');
    await t.look('queue-returned');
    for (const ticket of [...next.slice(0, 3), missed, next[3]]) {
      t.is((await call(t)) === ticket, `${ticket} is next`);
      await start(t);
      await finish(t);
    }
  },

  async a_case_rests_goes_on_and_is_sent_to_another_window(t) {
    await at(t, 1);
    const ticket = await walkIn(t);
    t.is((await call(t)) === ticket, 'called');
    t.is(await t.page.getByRole('button', { name: '重呼' }).isDisabled(), 'not again at once');
    await start(t);
    await t.page.keyboard.press('Alt+h');
    await t.page.getByRole('button', { name: '挂起(1)' }).click();
    await t.look('queue-held');
    await row(t.page, ticket).getByRole('button', { name: '继续办理' }).click();
    await t.page.getByText('办理计时').waitFor();
    await t.page.keyboard.press('Alt+z');
    await t.page.getByRole('dialog').getByText('2号窗口').waitFor();
    await t.page.keyboard.press('Enter');
    await t.page.locator('.current-visit').waitFor({ state: 'detached' });
    const sent = await visits(t, ticket);
    t.is(sent.window === 2 && sent.reason === 'transferred', `it waits for window ${sent.window}: ${sent.reason}`);
    await enter(t.page, t.origin, '王敏', t.city.at.pin).catch(() => {});
  },

  async nobody_is_called_held_or_sent_around_without_end(t) {
    await at(t, 1);
    const ticket = await walkIn(t);
    t.is((await call(t)) === ticket, 'called');
    const again = t.page.getByRole('button', { name: /^(Shift\+F8 ?)?重呼/ });
    for (const calls of [2, 3]) {
      await t.city.later(1); // a call is repeated after a quarter of a minute at the earliest
      await t.until('it may be called again', async () => !(await again.isDisabled()));
      await t.page.keyboard.press('Shift+F8');
      await t.sees(`已呼叫 ${calls} 次`);
      await pause(t);
    }
    await t.city.later(1);
    await t.until('the button is there', async () => !(await again.isDisabled()));
    await t.page.keyboard.press('Shift+F8');
    await t.sees('呼叫次数已达上限');
    await t.page.locator('.yz-notice-close').click();
    await start(t);
    for (let times = 0; times < 3; times += 1) {
      await pause(t);
      await t.page.keyboard.press('Alt+h');
      await t.page.getByRole('button', { name: '挂起(1)' }).click();
      await row(t.page, ticket).getByRole('button', { name: '继续办理' }).click();
      await t.page.getByText('办理计时').waitFor();
    }
    await pause(t);
    await t.page.keyboard.press('Alt+h');
    await t.sees('挂起次数已达上限');
    t.is(await ticketOf(t.page) === ticket, 'the case stays at the window');
    await t.look('queue-limits');
    await t.page.locator('.yz-notice-close').click();
    await t.page.getByRole('button', { name: '等候', exact: true }).click();
    await sendOff(t);
    await sendBack(t, ticket);
    t.is((await call(t)) === ticket, 'back again');
    await start(t);
    await sendOff(t);
    await sendBack(t, ticket, { isLast: true });
  },

  async keys_that_follow_each_other_fast_do_one_thing_and_then_the_next(t) {
    await at(t, 2);
    const two = [await walkIn(t), await walkIn(t)];
    await row(t.page, two[1]).waitFor();
    const served = await call(t);
    await start(t);
    const acts = actsOf(t);
    await pause(t);
    await t.quick(['F10', 'Alt+h', 'F10', 'F8']);
    await t.until('the next is called', async () => !['', served].includes(await calledIn(t)));
    t.is(acts.join() === 'finish,call', `${acts}`);
    const held = (await t.city.get('/queue')).held.length;
    t.is(held === 0, `finished, and not held as well: ${held}`);
    await start(t);
    await finish(t);
  },

  async f8_that_meets_a_slow_finish_calls_one_person_after_it_and_asks_nothing(t) {
    let slow = false;
    await t.page.route('**/finish', async (route) => {
      if (slow) await t.page.waitForTimeout(2_000); // the second F8 is a wish of its own by then
      await route.continue();
    });
    await at(t, 1);
    const two = [await walkIn(t), await walkIn(t)];
    await row(t.page, two[1]).waitFor();
    const served = await call(t);
    await start(t);
    await t.page.evaluate(() => {
      window.asked = 0;
      new MutationObserver(() => { if (document.body.innerText.includes('尚未办结')) window.asked += 1; }).observe(document.body, { subtree: true, childList: true });
    });
    slow = true;
    const acts = actsOf(t);
    await t.page.keyboard.press('F10');
    await t.page.keyboard.press('F8');
    await pause(t);
    await t.page.keyboard.press('F8');
    t.is(await ticketOf(t.page) === served && acts.join() === 'finish', `it waits for the finish: ${acts}`);
    await t.until('the next is called', async () => !['', served].includes(await calledIn(t)));
    await settled(t);
    t.is(acts.join() === 'finish,call', `${acts}`);
    t.is(await t.page.evaluate(() => window.asked) === 0, 'nothing was asked meanwhile');
    slow = false;
    await start(t);
    await finish(t);
  },

  async a_call_whose_answer_was_lost_is_the_same_call_when_f8_is_pressed_again(t) {
    const lost = await losesAnswer(t, 'queue/call');
    await at(t, 1);
    const two = [await walkIn(t), await walkIn(t)];
    await row(t.page, two[1]).waitFor();
    const waiting = (await t.city.get('/queue')).counts.waiting;
    lost.begin();
    await pause(t);
    await t.page.keyboard.press('F8');
    await t.sees('本机没有回应，不知道是否已呼叫。恢复后再按一次 F8：已呼叫的人会显示出来，不会多叫一人。（NET-02）');
    await t.look('counter-answer-lost');
    const { current } = await t.city.get('/queue', { window: 1 });
    t.is(current.ticket === lost.answer.ticket, 'somebody was called all the same');
    const again = t.page.waitForRequest('**/queue/call');
    await pause(t);
    await t.page.keyboard.press('F8');
    t.is((await again).headers()['idempotency-key'] === lost.key, 'it is the same wish');
    await t.sees(`${current.ticket} 到窗了吗？`);
    await t.page.locator('.yz-failures .yz-notice').waitFor({ state: 'detached' });
    lost.heal();
    const after = await t.city.get('/queue', { window: 1 });
    t.is(after.current.ticket === current.ticket && after.current.calls === 1, `${after.current.ticket} was called ${after.current.calls} times`);
    t.is(after.counts.waiting === waiting - 1, `of ${waiting} ${after.counts.waiting} still wait`);
    await start(t);
    await finish(t);
  },

  async a_finish_whose_answer_was_lost_is_done_once_and_f8_calls_the_next_after_it(t) {
    const lost = await losesAnswer(t, 'visits/*/finish');
    await at(t, 1);
    await row(t.page, await walkIn(t)).waitFor();
    const served = await call(t);
    await row(t.page, await walkIn(t)).waitFor();
    await start(t);
    const { counts } = await t.city.get('/queue');
    lost.begin();
    await pause(t);
    await t.page.keyboard.press('F10');
    await t.sees('本机没有回应，不知道这一步是否已生效。恢复后再按一次同一个键，同一步不会做两次。（NET-02）');
    t.is(await ticketOf(t.page) === served && lost.answer.state === 'finished', 'the page does not know what the node has');
    await pause(t);
    await t.page.keyboard.press('F10');
    await t.page.locator('.current-visit').waitFor({ state: 'detached' });
    lost.heal();
    t.is((await t.city.get('/queue')).counts.finished === counts.finished + 1, 'it is finished, once');
    t.is((await call(t)) !== served, 'and the next is called');
    await start(t);
    await finish(t);
  },

  async two_slips_that_are_scanned_at_once_check_in_two_people(t) {
    const two = [await t.city.book(64, '2026-11-26'), await t.city.book(65, '2026-11-26')];
    await t.page.route('**/api/v1/lookup', async (route) => {
      await t.page.waitForTimeout(500); // the second is read while the first is looked up
      await route.continue();
    });
    await t.open('/s/check-in');
    await t.signIn();
    await t.page.locator('[name=arrival]').waitFor();
    for (const { number } of two) await t.scan(`YZ1:${number}`);
    for (const { id } of two) await t.until('each is checked in', async () => (await t.city.get(`/appointments/${id}`)).life === 'checked_in');
    await t.sees(/已签到/);
  },

  async what_is_typed_right_after_f4_is_for_the_page_that_opens(t) {
    const booked = await t.city.book(90066, '2026-11-26');
    await at(t, 1);
    await walkIn(t);
    const called = await call(t);
    await settled(t); // the pages are at hand by then
    await t.quick(['F4', '0', '0', '6', '6', 'Enter']);
    await t.sees(/已签到/);
    t.is((await t.city.get(`/appointments/${booked.id}`)).life === 'checked_in', 'who was typed has come');
    const { current } = await t.city.get('/queue', { window: 1 });
    t.is(current.ticket === called && current.state === 'called', `Enter was not for ${current.ticket}, who is ${current.state}`);
    await t.page.keyboard.press('Alt+3');
    await t.page.keyboard.press('Alt+g');
    await t.page.locator('.current-visit').waitFor({ state: 'detached' });
  },

  async a_slip_is_scanned_and_nothing_is_pressed(t) {
    const booked = await t.city.book(61, '2026-11-26');
    await t.open('/s/check-in');
    await t.signIn();
    await t.page.locator('[name=arrival]').waitFor();
    await t.scan(`YZ1:${booked.number}`);
    await t.sees(/已签到/);
    t.is((await t.city.get(`/appointments/${booked.id}`)).life === 'checked_in', 'checked in');
    await t.page.locator('[name=arrival]').fill('');
    await t.scan(`YZ1:${booked.number.slice(0, -1)}${booked.number.endsWith('1') ? '2' : '1'}`);
    await t.sees('二维码不是本市签发或已损坏，请按姓名或手机号查找。');
    await t.look('check-in-bad-code');
  },

  async a_slip_of_another_station_says_which_and_changes_nothing(t) {
    const other = await t.city.book(63, '2026-11-26', undefined, 'hedi');
    await t.open('/s/check-in');
    await t.signIn();
    await t.page.locator('[name=arrival]').waitFor();
    const before = await t.city.held();
    const arrived = (await t.city.get('/queue')).counts;
    await t.scan(`YZ1:${other.number}`);
    await t.sees('预约在河底镇站。');
    await t.page.getByRole('button', { name: '改到本站' }).waitFor();
    await t.page.getByRole('button', { name: '登记现场号' }).waitFor();
    await t.look('check-in-elsewhere');
    for (const typed of [other.number, other.number.replaceAll('-', '')]) {
      await t.page.locator('[name=arrival]').fill(typed);
      await t.page.keyboard.press('Enter');
      await t.sees('预约在河底镇站。');
    }
    t.is(JSON.stringify((await t.city.get('/queue')).counts) === JSON.stringify(arrived), 'nobody has arrived');
    t.is((await t.city.held()).held.here === before.held.here, 'nothing was written');
    await t.page.keyboard.press('Alt+n');
    await t.page.getByRole('button', { name: '取号', exact: true }).waitFor();
    await t.page.keyboard.press('Alt+1');
    await t.page.getByRole('heading', { name: '新预约' }).waitFor();
  },

  async two_people_with_the_same_four_digits_are_told_apart(t) {
    await t.city.book(70062, '2026-11-26');
    await t.city.book(80062, '2026-11-26');
    await t.open('/s/check-in');
    await t.signIn();
    await t.page.locator('[name=arrival]').waitFor();
    await t.type('0062');
    await t.page.keyboard.press('Enter');
    await t.until('both are shown', async () => (await t.page.getByRole('option').count()) === 2);
    await t.look('check-in-two');
    const [first, second] = (await t.city.write('/lookup', { text: '0062' })).body.matches;
    await t.page.keyboard.press('ArrowDown');
    await t.page.keyboard.press('Enter');
    await t.sees(/已签到/);
    const lives = await Promise.all([first, second].map(async ({ id }) => (await t.city.get(`/appointments/${id}`)).life));
    t.is(lives.join() === 'confirmed,checked_in', `the one that was marked, and nobody else: ${lives}`);
  },
}, { begin: BEGIN });
