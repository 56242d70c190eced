// Journeys in a headless Chromium against real processes of a city, in the protocol of scripts/run_tests.py.
//
// What        journeys(name, {…}) makes a city, then runs each journey in a page of its own and prints
//             `ok NAME` or `not ok NAME why`. A journey gets {page, city, …}; see Journey.
//             inCity(name, work) is the same city and browser for work that keeps its pages; launch() is one more.
// Invariants  I1  a journey fails on a console error, a request to another origin, a whole document number
//                 in a list, a text key or a forbidden claim on the page, at every look and at its end.
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const require = createRequire(new URL('../../station-ui/package.json', import.meta.url));
const { chromium } = require('playwright-core');
export const root = fileURLToPath(new URL('../../', import.meta.url));
const FLAGS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const NEVER = ['同步', '已上传', '已提交市级', '预约成功', '网络正常', '实时', '数据不会丢失', '断网不影响办理', '停止服务', '系统异常', '已告知居民',
  'synced', 'synchron', 'uploaded', 'submitted to the city', 'booking successful', 'network normal', 'network is normal', 'real time', 'real-time', 'cannot be lost', 'out of service', 'system error', 'resident was told'];
const GONE = /net::ERR_(CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE)$/;
const WAIT_S = 20; // what is slow is not wrong: three cities and their browsers share two cores
const SHIFT = 8;
const MODIFIERS = { Alt: 1, Ctrl: 2, Shift: SHIFT };
const STROKE_S = 0.002;
const ENTER = { code: 'Enter', key: 'Enter', text: '\r', windowsVirtualKeyCode: 13 };
const CODES = { '-': 'Minus', '.': 'Period', '/': 'Slash', ' ': 'Space', ',': 'Comma', ':': 'Semicolon' };

function strokeOf(letter) {
  const code = /[A-Z]/i.test(letter) ? `Key${letter.toUpperCase()}` : /\d/.test(letter) ? `Digit${letter}` : CODES[letter];
  if (!code) return { text: letter };
  const shifted = letter === ':' || /[A-Z]/.test(letter);
  return { code, key: letter, text: letter, windowsVirtualKeyCode: letter.toUpperCase().charCodeAt(0), ...(shifted ? { modifiers: SHIFT } : {}) };
}

// `Alt+h`, `F9`: a key of a clerk's with what is held down meanwhile.
function chordOf(name) {
  const keys = name.split('+');
  const modifiers = keys.slice(0, -1).reduce((sum, held) => sum + MODIFIERS[held], 0);
  const last = keys.at(-1);
  if (last === 'Enter') return ENTER;
  const number = /^F(\d+)$/.exec(last)?.[1];
  const stroke = number ? { code: last, key: last, windowsVirtualKeyCode: 111 + Number(number) } : strokeOf(last);
  return { ...stroke, ...(modifiers > 0 ? { modifiers, text: '' } : {}) };
}

export class City {
  // `begin`: the time in the city, else the machine's own; `day`: both stations have worked a morning by then.
  static async start(name, { begin = '', day = false } = {}) {
    const city = new City();
    const made = [begin, day ? 'day' : ''].filter((each) => each !== '');
    city.process = spawn('/usr/bin/python3', [`${root}tests/browser/city_driver.py`, `${root}build/browser/${name}`, ...made],
      { stdio: ['pipe', 'pipe', 'inherit'] });
    city.lines = createInterface({ input: city.process.stdout })[Symbol.asyncIterator]();
    city.at = JSON.parse((await city.lines.next()).value);
    return city;
  }

  async tell(wish) {
    this.process.stdin.write(`${JSON.stringify(wish)}\n`);
    const { ok, value, why } = JSON.parse((await this.lines.next()).value);
    if (!ok) throw new Error(`${wish.do}: ${why}`);
    return value;
  }

  cut(node = 'yinying') { return this.tell({ do: 'cut', node }); }
  mend(node = 'yinying') { return this.tell({ do: 'mend', node }); }
  kill(node = 'yinying') { return this.tell({ do: 'kill', node }); }
  start(node = 'yinying') { return this.tell({ do: 'start', node }); }
  startMachine(clock) { return this.tell({ do: 'start_machine', clock }); } // the station's was off
  book(number, date, window, node = 'yinying') { return this.tell({ do: 'book', number, date, window, node }); }
  held() { return this.tell({ do: 'held' }); }
  async lead(path, body) {
    const answer = await this.tell({ do: 'lead', path, body });
    if (answer.status >= 300) throw new Error(JSON.stringify(answer));
    return answer.body;
  }
  resident(number) { return this.tell({ do: 'resident', number }); }
  find(number) { return this.tell({ do: 'find', number }); }
  get(path, query = {}) { return this.tell({ do: 'get', path, query }); }
  write(path, body, method = 'POST') { return this.tell({ do: 'write', path, body, method }); }
  later(minutes) { return this.tell({ do: 'later', minutes }); } // where the city has a time of its own
  printer(paper) { return this.tell({ do: 'printer', paper }); }
  sent() { return this.tell({ do: 'sent' }); }

  stop() {
    this.process.stdin.end();
    return new Promise((done) => this.process.on('exit', done));
  }
}

// Runs in the page: what a look at it finds wrong.
function faults(never) {
  const text = document.body.innerText;
  const low = text.toLowerCase();
  const found = never.filter((phrase) => low.includes(phrase)).map((phrase) => `claims ${phrase}`);
  const key = /(?<![\w./@-])[a-z][a-z_]+\.[a-z][a-z_.]+(?![\w.])/.exec(text);
  if (key) found.push(`shows the key ${key[0]}`);
  for (const list of document.querySelectorAll('table, ul, ol, [role=listbox]')) {
    if (/\d{17}[\dXx]/.test(list.innerText)) found.push('a whole document number stands in a list');
  }
  return found;
}

// Runs in the page: the draft of a form, as it lies encrypted in this browser.
async function keptDraft(name) {
  if (!(await indexedDB.databases()).some((each) => each.name === 'yz-drafts')) return undefined;
  const answer = (request) => new Promise((done, failed) => Object.assign(request, { onsuccess: () => done(request.result), onerror: failed }));
  const db = await answer(indexedDB.open('yz-drafts'));
  try {
    const [kept, key] = await Promise.all([['drafts', name], ['keys', 'draft']].map(([store, at]) => answer(db.transaction(store).objectStore(store).get(at))));
    if (!kept) return undefined;
    const data = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: kept.iv }, key, kept.data);
    return JSON.parse(new TextDecoder().decode(data)).value;
  } finally {
    db.close();
  }
}

export class Journey {
  constructor(name, city, page, origin) {
    Object.assign(this, { name, city, page, origin, keys: 0, faults: [], asked: new Set() });
    page.on('request', (request) => { if (!request.url().endsWith('/api/v1/events')) this.asked.add(request); });
    for (const end of ['requestfinished', 'requestfailed']) page.on(end, (request) => this.asked.delete(request));
    page.on('console', (message) => {
      // A refusal of the node is an answer, not a fault of the page; nor is it the page's that the node was killed.
      const isLoad = message.text().startsWith('Failed to load resource');
      const refused = isLoad && (/\/(api\/v1\/|icon\.svg)/.test(message.location().url) || GONE.test(message.text()));
      if (message.type() === 'error' && !refused) this.faults.push(`console: ${message.text()} ${message.location().url}`);
    });
    page.on('pageerror', (error) => this.faults.push(`page: ${error.message}`));
    page.on('request', (request) => {
      if (!request.url().startsWith(`${this.origin}/`) && !/^(data|blob):/.test(request.url())) this.faults.push(`asked ${request.url()}`);
    });
  }

  // Until the page knows who is here: before that, its keys do nothing.
  async open(path = '/') {
    await this.page.goto(this.origin + path);
    await this.page.locator('form.sign-in, .app-page > *, .hall').locator('visible=true').first().waitFor();
  }

  async signIn(name = '王敏', secret = this.city.at.pin) {
    await this.page.locator('form.sign-in').waitFor();
    // A hub shows no names: there the login is typed.
    const login = this.page.locator('[name=staff]');
    await this.page.getByRole('button', { name }).or(login).first().waitFor();
    if (await login.isVisible()) await login.fill(LOGINS[name] ?? name);
    else await this.page.getByRole('button', { name }).click();
    await this.page.locator('[name=secret]').fill(secret);
    await this.page.keyboard.press('Enter');
    await this.page.locator('form.sign-in').waitFor({ state: 'detached' });
  }

  // One key of the clerk's; text that belongs to the resident is not counted.
  async key(name) {
    this.keys += 1;
    await this.page.keyboard.press(name);
  }
  type(text) { return this.page.keyboard.type(text); }
  // Keys that follow each other by their own time, which does not stretch on a busy machine. What no key has
  // comes as a text.
  async strike(keys, everyS, down = 'keyDown') {
    const device = await this.page.context().newCDPSession(this.page);
    const begin = Date.now() / 1000;
    const strokes = keys.flatMap((key, at) => {
      const timestamp = begin + at * everyS;
      return key.code ? [down, 'keyUp'].map((type) => ['Input.dispatchKeyEvent', { type, ...key, timestamp }]) : [['Input.insertText', key]];
    });
    await Promise.all(strokes.map(([method, key]) => device.send(method, key)));
    await device.detach();
  }
  // As a scanner does it: the keys of a US keyboard, a colon with Shift, and Enter at the end.
  scan(text) { return this.strike([...text.match(/[ -~]|[^ -~]+/gu).map(strokeOf), ENTER], STROKE_S); }
  // Through an input method that is on: no letter reaches the page, only where its key lies.
  scanThroughIme(text) {
    return this.strike([...[...text].map(strokeOf), ENTER].map(({ code }) => ({ code, key: 'Process', windowsVirtualKeyCode: 229 })), STROKE_S, 'rawKeyDown');
  }
  // Pressed by somebody who does not wait, in less time than a person needs to see what the first did.
  quick(names) { return this.strike(names.map(chordOf), 0.1); }

  // What the page says once, whole: it may be gone a moment later.
  said(pattern) { return this.page.locator('.yz-notice').filter({ hasText: pattern }).first().textContent(); }
  async hasFocus(name) {
    await this.until(`the focus is in ${name}`, () => this.page.evaluate((wanted) => document.activeElement?.getAttribute('name') === wanted, name));
  }
  // Until what was typed is kept for the next time: `field` of the draft `name` is `value`.
  drafted(name, field, value) {
    return this.until(`the draft is kept with ${value}`, async () => (await this.page.evaluate(keptDraft, name))?.[field] === value);
  }
  sees(text, seconds = WAIT_S) { return this.page.getByText(text).locator('visible=true').first().waitFor({ timeout: seconds * 1000 }); }
  async until(what, condition, seconds = WAIT_S) {
    const end = Date.now() + seconds * 1000;
    while (Date.now() < end) {
      if (await condition()) return;
      await new Promise((done) => setTimeout(done, 50));
    }
    throw new Error(`not within ${seconds} s: ${what}`);
  }
  is(condition, what) {
    if (!condition) throw new Error(what);
  }

  async examine() {
    this.faults.push(...await this.page.evaluate(faults, NEVER));
  }
  async look(shot = this.name) {
    await this.examine();
    mkdirSync(`${root}build/browser/shots`, { recursive: true });
    await this.page.screenshot({ path: `${root}build/browser/shots/${shot}.png` });
    if (this.faults.length > 0) throw new Error(this.faults.join('; '));
  }
}

const LOGINS = { 王敏: 'wangmin', 赵磊: 'zhaolei', 李站: 'lizhan', 施管: 'shiguan' };

// YZ_SLOW: how many times slower each page works than this machine would let it.
const SLOWER = Number(process.env.YZ_SLOW ?? 1);
async function slow(page) {
  const device = await page.context().newCDPSession(page);
  await device.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
}

export async function newPage(browser, viewport = { width: 1366, height: 768 }, more = {}) {
  const context = await browser.newContext({ viewport, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce', ...more });
  context.setDefaultTimeout(WAIT_S * 1000);
  if (SLOWER > 1) context.on('page', (page) => slow(page).catch(() => {}));
  return context.newPage();
}

// What a page warns of: where a journey stopped is seen in it, and a run elsewhere leaves no picture here.
async function warnings(page) {
  const texts = await page.locator('[role=alert], [role=dialog], .yz-bar').locator('visible=true').allInnerTexts().catch(() => []);
  return texts.length > 0 ? [`the page says: ${texts.join(' / ')}`] : [];
}

// Does `work` and prints its outcome; gives whether it held.
export async function judge(name, told, work) {
  try {
    await work();
    console.log(`ok ${name}`);
    return true;
  } catch (failure) {
    await told?.page.screenshot({ path: `${root}build/browser/${name.replaceAll('/', '_')}.failed.png` }).catch(() => {});
    const why = [String(failure.message).replace(/\u001b\[\d+m/g, '').slice(0, 500), ...told?.faults ?? [], ...(told ? await warnings(told.page) : [])].join('; ');
    console.log(`not ok ${name} ${why.replace(/\s+/g, ' ')}`);
    process.exitCode = 1;
    return false;
  }
}

async function run(name, journey, { city, browser, at }) {
  const page = await newPage(browser, at.viewport);
  const told = new Journey(name, city, page, city.at[at.node ?? 'yinying']);
  await judge(name, told, async () => {
    await journey(told);
    await told.look();
  });
  await page.context().close();
}

export const launch = () => chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true, args: FLAGS, env: { ...process.env, LANGUAGE: 'zh_CN' },
});

export async function inCity(name, work, at = {}) {
  const city = await City.start(name, at);
  const browser = await launch();
  try {
    await work(city, browser);
  } finally {
    await browser.close();
    await city.stop();
  }
}

// Names on the command line: only these journeys run then. `at`: node, viewport, and the city's begin and day.
export async function journeys(name, all, at = {}) {
  const wanted = process.argv.slice(2);
  await inCity(name, async (city, browser) => {
    for (const [title, journey] of Object.entries(all)) {
      if (wanted.length === 0 || wanted.includes(title)) await run(title, journey, { city, browser, at });
    }
  }, at);
}
