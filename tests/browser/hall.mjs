#!/usr/bin/env node
// W7, W8, W9 and their devices: what the hall sees and hears, paired with a code, following a real node.
import { settled } from './places.mjs';
import { Journey, journeys, newPage } from './support.mjs';

const DISPLAY = { width: 1920, height: 1080 };
const TABLET = { width: 1280, height: 800 };
const MACHINE = { width: 1080, height: 1920 };
const BEGIN = '2026-03-05T10:05';
const HEARTBEAT_S = 5;
const LEVELS = ['非常满意', '满意', '基本满意', '不满意', '非常不满意'];

const furnished = new WeakSet(); // cities whose station has its windows
async function furnish(t) {
  if (furnished.has(t.city)) return;
  furnished.add(t.city);
  await t.city.lead('/windows', { number: 1, name: '综合窗口', groups: [] });
  await t.city.lead('/windows', { number: 2, name: '社保窗口', groups: ['社会保障'] });
}
async function startAnew(t) {
  await t.city.start();
  await t.city.tell({ do: 'sign_in' });
}
async function good(answer) {
  const { status, body } = await answer;
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body;
}

// Makes the page a device of the hall, as the lead and whoever stands before it do.
async function pair(t, kind, { path = `/${kind}`, size, more = {} }) {
  await furnish(t);
  await t.page.setViewportSize(size);
  const { code } = await t.city.lead('/devices', { kind, name: `${kind} 一号`, ...more });
  await t.open(path);
  await t.page.getByRole('heading', { name: /尚未配对/ }).waitFor();
  await t.type(code.toLowerCase());
  await t.page.getByRole('heading', { name: /尚未配对/ }).waitFor({ state: 'detached' });
}

const sit = async (t, number) => (await good(t.city.write(`/windows/${number}/open`, { take_over: true }))).seat;
const take = async (t, more = {}) => (await good(t.city.write('/visits', { item: 'SB-0101', ...more }))).visit;
const callNext = (t, seat) => good(t.city.write('/queue/call', { seat }));
async function serve(t, seat, more = {}) {
  await take(t, more);
  const visit = await callNext(t, seat);
  await good(t.city.write(`/visits/${visit.id}/start`, { seat }));
  await good(t.city.write(`/visits/${visit.id}/finish`, { seat, outcome: 'done', rate: true }));
  return visit;
}
const ratedOf = async (t, visit) => (await t.city.get(`/visits/${visit.id}`)).rated;
const tile = (t, level) => t.page.getByRole('button', { name: level, exact: true });
// Whoever has the slip goes; a machine that is slow to be looked at has ended by itself meanwhile.
async function isDone(t) {
  const [done, start] = [t.page.getByRole('button', { name: '好了' }), t.page.getByText('请取号', { exact: true })];
  await done.or(start).first().waitFor();
  if (await done.isVisible()) await done.click({ timeout: 1_000 }).catch(() => {});
  await t.page.getByRole('button', { name: '无证取号' }).waitFor();
}
const asked = (t) => t.sees('您对 1号窗口 本次服务是否满意？');

// How many evaluations of the day there are, as the lead sees them.
async function levels(t) {
  const path = `/evaluations/summary?date=${BEGIN.slice(0, 10)}`;
  return (await good(t.city.tell({ do: 'lead', method: 'GET', path }))).rated;
}
// Whoever served sees that somebody has said something, on no page what.
async function noLevelForTheClerk(t) {
  const clerk = new Journey('clerk', t.city, await newPage(t.page.context().browser()), t.origin);
  await clerk.open('/s/feedback');
  await clerk.signIn();
  for (const key of ['Alt+6', 'Alt+3', 'Alt+4']) {
    await clerk.page.keyboard.press(key);
    await settled(clerk);
    t.is(!/满意/.test(await clerk.page.locator('main').innerText()), `no level on ${key}`);
  }
  await clerk.look();
  await clerk.page.context().close();
}

await journeys('hall', {
  async a_screen_without_a_code_asks_for_it_and_nothing_else(t) {
    await furnish(t);
    await t.page.setViewportSize(DISPLAY);
    await t.open('/display');
    await t.sees('大厅显示屏尚未配对');
    await t.look('pairing');
    await t.type('WRNG-2345');
    await t.sees('配对码不对、已用过或已超过 15 分钟。');
    await t.look('pairing-wrong');
    const { code } = await t.city.lead('/devices', { kind: 'eval', name: '1号窗口评价', window: 1 });
    for (const sign of code) await t.page.getByRole('button', { name: sign, exact: true }).click();
    await t.page.waitForURL(/\/eval\/1$/); // it is a tablet, and goes where tablets are
    await t.page.getByRole('heading', { name: '1号窗口' }).waitFor();
  },

  async the_lead_adds_a_device_and_removes_it_with_two_presses(t) {
    await furnish(t);
    await t.open('/s/station');
    await t.signIn('李站', t.city.at.passphrase);
    const devices = t.page.locator('section').filter({ has: t.page.getByRole('heading', { name: '设备' }) });
    await devices.getByLabel('名称').fill('大厅东侧');
    await devices.getByRole('button', { name: '新增设备' }).click();
    await t.sees(/大厅东侧的配对码（只显示一次，15 分钟内有效）/);
    const shown = await devices.locator('.station-code strong').textContent();
    t.is(/^[A-Z2-9]{4} [A-Z2-9]{4}$/.test(shown), `a code: ${shown}`);
    const row = devices.getByRole('listitem').filter({ hasText: '大厅东侧' });
    t.is((await row.textContent()).includes('尚未配对'), 'not paired yet');
    await t.look('station-devices');
    await row.getByRole('button', { name: '移除' }).click();
    await row.getByRole('button', { name: '确认移除' }).click();
    await row.waitFor({ state: 'detached' });
  },

  async the_display_follows_each_call_says_it_and_shows_no_name(t) {
    await t.page.addInitScript(() => {
      window.heard = 0;
      const decode = AudioContext.prototype.decodeAudioData;
      AudioContext.prototype.decodeAudioData = async function wait(...rest) {
        const voice = await decode.apply(this, rest);
        window.voiced = true;
        return voice;
      };
      const start = AudioBufferSourceNode.prototype.start;
      AudioBufferSourceNode.prototype.start = function count(...rest) { window.heard += 1; return start.apply(this, rest); };
    });
    await pair(t, 'display', { size: DISPLAY });
    await t.sees('暂时没有叫号');
    await t.sees(/工作时段 08:30–12:00/);
    await t.page.waitForFunction(() => window.voiced);
    const seat = await sit(t, 1);
    const visit = await take(t, { name: '张桂芳' });
    await t.page.locator('.next-up').getByText(visit.ticket).waitFor({ timeout: HEARTBEAT_S * 1000 });
    await callNext(t, seat);
    await t.page.locator('.calling-newest').getByText(visit.ticket).waitFor({ timeout: HEARTBEAT_S * 1000 });
    const height = await t.page.locator('.calling-newest strong').evaluate((node) => parseFloat(getComputedStyle(node).fontSize));
    t.is(height >= 180, `readable at eight metres: ${height} px`);
    await t.page.getByText(`请 ${visit.ticket} 号到 1 号窗口办理`).waitFor({ state: 'attached' });
    const clips = 2 * (1 + visit.ticket.length + 3); // 请, the ticket, 号到, 一, 号窗口办理; twice
    await t.until('the call is said twice', async () => (await t.page.evaluate(() => window.heard)) === clips);
    t.is(!(await t.page.locator('body').innerText()).includes('张'), 'no name is shown');
    await t.look('display-calling');
    const other = await sit(t, 2);
    for (let person = 0; person < 5; person += 1) await take(t);
    await callNext(t, other);
    await good(t.city.write(`/visits/${visit.id}/miss`, { seat }));
    await t.sees(`过号: ${visit.ticket} 请到导办台`);
    await t.look('display');
  },

  async the_display_dims_when_the_node_is_gone_and_comes_back(t) {
    await pair(t, 'display', { size: DISPLAY });
    await t.page.locator('.display-body').waitFor();
    await t.city.kill();
    try {
      await t.sees(/显示屏与本站断开（\d\d:\d\d），请听工作人员叫号/, 10 + 2 * HEARTBEAT_S);
      await t.page.locator('.display.is-stale').waitFor();
      await t.look('display-stale');
    } finally {
      await startAnew(t);
    }
    await t.page.locator('.display:not(.is-stale)').waitFor();
  },

  async the_tablet_asks_with_five_equal_tiles_and_saves_one_tap(t) {
    await pair(t, 'eval', { size: TABLET, more: { window: 1 } });
    await t.sees('今日服务时间');
    await t.look('eval-idle');
    const visit = await serve(t, await sit(t, 1));
    await asked(t);
    const boxes = await Promise.all(LEVELS.map((level) => tile(t, level).boundingBox()));
    for (const box of boxes) {
      t.is(box.width >= 160 && box.height >= 120, `large enough: ${box.width}×${box.height}`);
      t.is(Math.abs(box.width - boxes[0].width) < 1 && Math.abs(box.height - boxes[0].height) < 1, 'all alike');
    }
    t.is((await t.page.locator('.tile[aria-pressed=true]').count()) === 0, 'nothing is chosen beforehand');
    await t.look('eval-asking');
    await tile(t, '非常满意').click();
    await t.sees('评价已存本机，谢谢您。工作人员看不到您的选择。');
    const said = [];
    t.page.on('request', (request) => { if (request.method() === 'POST') said.push(request.postData()); });
    await tile(t, '满意').click();
    await t.page.locator('.tile[aria-pressed=true]').filter({ hasText: /★★★★满意/ }).waitFor();
    await t.sees('评价已存本机，谢谢您。工作人员看不到您的选择。');
    await t.look('eval-saved');
    t.is((await ratedOf(t, visit)) === 'rated', 'the clerk sees that it is rated');
    for (const path of [`/visits/${visit.id}`, '/queue']) {
      t.is(!JSON.stringify(await t.city.get(path)).includes('level'), `${path} tells no level`);
    }
    await t.page.locator('.tile:disabled').first().waitFor();
    const late = await t.page.request.post(`${t.origin}/api/v1/evaluations`, { data: said.at(-1), headers: { 'Content-Type': 'application/json', Origin: t.origin, 'Idempotency-Key': 'later' } });
    t.is(late.status() === 409 && (await late.json()).title === '本次已评价，谢谢。', `a second evaluation: ${late.status()} ${await late.text()}`);
    await t.page.getByText('今日服务时间').waitFor();
    await noLevelForTheClerk(t);
  },

  async the_tablet_takes_reasons_for_a_low_level(t) {
    await pair(t, 'eval', { size: TABLET, more: { window: 1 } });
    const visit = await serve(t, await sit(t, 1));
    await asked(t);
    await tile(t, '不满意').click();
    await t.sees('请选原因（可多选，可跳过）');
    await t.page.getByRole('checkbox', { name: '等候久' }).click();
    await t.look('eval-reasons');
    await t.page.getByRole('button', { name: '提交' }).click();
    await t.page.getByText('请选原因（可多选，可跳过）').waitFor({ state: 'detached' });
    await t.sees('评价已存本机，谢谢您。');
    t.is((await ratedOf(t, visit)) === 'rated', 'rated');
  },

  async the_tablet_speaks_to_elders_and_in_english(t) {
    await pair(t, 'eval', { size: TABLET, more: { window: 1 } });
    const visit = await serve(t, await sit(t, 1));
    await asked(t);
    await t.page.getByRole('button', { name: '长者大字' }).click();
    const small = await t.page.evaluate(() => {
      const shown = [...document.querySelectorAll('#app *')].filter((node) => node.getClientRects().length > 0);
      const text = shown.filter((node) => [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim()));
      const buttons = [...document.querySelectorAll('button')].map((node) => node.getBoundingClientRect());
      return text.filter((node) => parseFloat(getComputedStyle(node).fontSize) < 18).length
        + buttons.filter((box) => box.width < 60 || box.height < 60).length;
    });
    t.is(small === 0, `${small} texts under 18 px or targets under 60 px`);
    await t.look('eval-elder');
    await t.page.getByRole('button', { name: 'English' }).click();
    await t.sees('How satisfied are you with the service at window 1?');
    await t.look('eval-english');
    await t.page.getByRole('button', { name: 'Do not rate' }).click();
    await t.sees('That is fine. Thank you.');
    t.is((await ratedOf(t, visit)) === 'declined', 'declined');
    await t.page.getByText('今日服务时间').waitFor(); // the next person finds it as it was
  },

  async the_tablet_that_loses_the_node_claims_nothing_and_saves_once(t) {
    await t.page.clock.install(); // the ten seconds that it tries for are not those of a machine that starts a node
    await pair(t, 'eval', { size: TABLET, more: { window: 1 } });
    const visit = await serve(t, await sit(t, 1));
    await asked(t);
    const before = await levels(t);
    await t.city.kill();
    try {
      await tile(t, '基本满意').click();
      await t.sees('还没有保存，请稍候…');
      await t.page.clock.pauseAt(await t.page.evaluate(() => Date.now() + 2_000));
      t.is(!(await t.page.locator('body').innerText()).includes('已存本机'), 'not claimed before it is saved');
      await t.look('eval-not-saved');
    } finally {
      await startAnew(t);
    }
    await t.page.clock.resume();
    await t.sees('评价已存本机，谢谢您。');
    t.is((await ratedOf(t, visit)) === 'rated', 'saved');
    t.is(await levels(t) === before + 1, 'once');
  },

  async nobody_rates_by_walking_away(t) {
    await t.page.clock.install();
    await pair(t, 'eval', { size: TABLET, more: { window: 1 } });
    const visit = await serve(t, await sit(t, 1));
    await asked(t);
    await t.page.clock.fastForward(61_000);
    await t.page.getByText('今日服务时间').waitFor();
    t.is(['invited', 'not_rated'].includes(await ratedOf(t, visit)), 'not rated');
  },

  async the_ticket_machine_gives_a_number_in_three_taps(t) {
    await pair(t, 'ticket', { size: MACHINE });
    await t.sees('请取号');
    await t.look('ticket-start');
    await t.page.getByRole('button', { name: '无证取号' }).click();
    await t.look('ticket-groups');
    await t.page.getByRole('button', { name: /^社会保障/ }).click();
    await t.page.getByRole('button', { name: '老年人' }).click();
    await t.look('ticket-confirm');
    await t.page.getByRole('button', { name: /^城乡居民养老保险参保登记/ }).click();
    const number = t.page.locator('.ticket-number');
    await number.waitFor();
    const ticket = await number.textContent();
    t.is(/^[AB]\d{3}$/.test(ticket), `a number: ${ticket}`);
    await t.sees(/没有打印，请记住号码，前面 \d+ 人/); // this city has no printer
    await t.look('ticket-not-printed');
    const waiting = (await t.city.get('/queue')).waiting.find((row) => row.ticket === ticket);
    t.is(waiting?.priority === 'elder', 'it waits, with the priority that was wished');
    await t.page.getByRole('button', { name: '好了' }).click();
    await t.sees('请取号');
  },

  async the_ticket_machine_prints_and_staff_hear_when_it_cannot(t) {
    await pair(t, 'ticket', { size: MACHINE });
    const takes = async () => {
      await t.page.getByRole('button', { name: '无证取号' }).click();
      await t.page.getByRole('button', { name: /^医疗保障/ }).click();
      await t.page.getByRole('button', { name: /^异地就医备案/ }).click();
    };
    await t.city.printer(true);
    await t.city.kill();
    await startAnew(t);
    await t.page.getByRole('button', { name: '无证取号' }).waitFor();
    await takes();
    await t.sees(/请取号，前面 \d+ 人/);
    await t.look('ticket-printed');
    await isDone(t);
    await t.city.printer(false);
    const counter = new Journey('counter-told', t.city, await newPage(t.page.context().browser()), t.origin);
    await counter.open('/s');
    await counter.signIn();
    await takes();
    await t.sees(/没有打印，请记住号码/);
    await counter.sees('ticket 一号没有打印：打印机缺纸。号码已在屏上显示。');
    await counter.look();
    await counter.page.context().close();
  },

  async the_ticket_machine_reads_a_card_and_forgets_it(t) {
    await pair(t, 'ticket', { size: { width: 1366, height: 768 } });
    await t.sees('请取号');
    const card = await t.city.resident(61);
    await t.scan(card);
    await t.sees('已读到身份证');
    await t.page.clock.install();
    t.is(!(await t.page.locator('body').innerText()).includes(card), 'the number of the card is not shown');
    await t.look('ticket-card');
    await t.until('it is forgotten', async () => {
      await t.page.clock.fastForward(31_000); // taken back, where the node tells its own time before the page looks
      return t.page.getByRole('button', { name: '无证取号' }).waitFor({ timeout: 8_000 }).then(() => true, () => false);
    }, 60);
  },

  async the_ticket_machine_checks_in_who_has_an_appointment(t) {
    const booked = await t.city.book(66, BEGIN.slice(0, 10));
    const elsewhere = await t.city.book(67, BEGIN.slice(0, 10), undefined, 'hedi');
    await pair(t, 'ticket', { size: MACHINE });
    await t.sees('已经预约的，请扫凭证上的二维码，或把身份证放到读卡区签到');
    await t.scan(`YZ1:${booked.number}`);
    const number = t.page.locator('.ticket-number');
    await number.waitFor();
    const ticket = await number.textContent();
    t.is((await t.city.get(`/appointments/${booked.id}`)).life === 'checked_in', 'checked in');
    const place = (await t.city.get('/queue')).waiting.find((row) => row.ticket === ticket);
    t.is(place?.slot === booked.window, `it waits for ${place?.slot}`);
    t.is(!(await t.page.locator('body').innerText()).includes('测'), 'no name stands on the machine');
    await t.look('ticket-checked-in');
    await t.page.getByRole('button', { name: '好了' }).click();
    await t.scan(await t.city.resident(66));
    await t.sees('您已经签到，请听叫号。');
    t.is(await number.textContent() === ticket, 'the same number as before');
    await t.page.getByRole('button', { name: '好了' }).click();
    await t.scan(`YZ1:${elsewhere.number}`);
    await t.sees('预约在河底镇站。可以在这里取现场号。');
    await t.look('ticket-elsewhere');
    await t.scan('YZ1:12345');
    await t.sees('二维码不是本市签发或已损坏。可以取现场号，或请导办员查找。');
    await t.page.getByRole('button', { name: '返回' }).click();
    await t.sees('请取号');
  },

  async in_hours_by_booking_only_the_machine_checks_in_and_gives_no_numbers(t) {
    const booked = await t.city.book(68, BEGIN.slice(0, 10), '18:30');
    await pair(t, 'ticket', { size: MACHINE });
    const { now_ms: now } = await t.city.get('/status');
    await t.city.later(Math.ceil((Date.parse(`${BEGIN.slice(0, 10)}T18:10:00+08:00`) - now) / 60_000));
    await t.page.reload();
    await t.sees('现在不取号。请看大厅显示屏上的服务时间。');
    await t.look('ticket-closed');
    await t.scan(await t.city.resident(69));
    await t.sees('没有找到今天在本站的预约。');
    await t.page.getByRole('button', { name: '返回' }).click();
    await t.scan(`YZ1:${booked.number}`);
    await t.page.locator('.ticket-number').waitFor();
    t.is((await t.city.get(`/appointments/${booked.id}`)).life === 'checked_in', 'checked in');
  },
}, { begin: BEGIN });
