// The booking form. What is typed stays in this page's memory until it is saved: residents' data are
// never written to the browser's disk.
import { call, newKey } from './api.js';
import * as list from './day_list.js';
import { $, clearErrors, notify, options, showProblem } from './dom.js';
import { writable } from './link.js';
import { asked } from './sign_in.js';
import { fill } from './slots.js';

let key = newKey();
let saving = false;
const form = () => $('booking-form');
const input = (name) => form().elements.namedItem(name);

function value() {
  const text = (name) => input(name).value;
  const body = { item: text('item'), date: text('date'), window: text('window'), name: text('name'),
    document: { kind: text('document.kind'), number: text('document.number') }, channel: text('channel') };
  if (text('phone').trim()) body.phone = text('phone');
  if (text('note').trim()) body.note = text('note');
  return body;
}

async function showSlots() {
  try {
    const slots = await fill(input('window'), input('date').value);
    const free = slots.some((slot) => slot.free > 0);
    $('will-be').textContent = free ? '将生成：✓ 已确认预约（本站余号，断网有效）' : '这一天没有余号，请换一天；不预约也可当天现场取号。';
  } catch (problem) {
    await asked(problem);
  }
}

function busy(now) {
  saving = now;
  const button = form().querySelector('[type=submit]');
  button.dataset.busy = now ? '1' : '';
  button.disabled = now || !writable();
  button.textContent = now ? '正在保存…' : 'F9 保存';
}

function empty() {
  for (const name of ['name', 'document.number', 'phone', 'note']) input(name).value = '';
  key = newKey();
}

// The same key until an answer has come: whatever is lost on the way, it is booked once.
export async function save() {
  if (saving || !writable()) return;
  clearErrors(form());
  busy(true);
  try {
    const saved = await call('POST', '/appointments', { body: value(), key });
    notify(`已存本机 · 预约号 ${saved.number} · ${saved.date} ${saved.window} 已确认`, true);
    empty();
    input('name').focus();
    list.refresh();
    showSlots();
  } catch (problem) {
    if (problem.status !== 0) key = newKey();  // refused: nothing was saved under the old key
    if (!await asked(problem)) showProblem(form(), problem);
    if (problem.code === 'NoCapacity') showSlots();
  } finally {
    busy(false);
  }
}

export function open() {
  $('record').hidden = true;
  $('booking').hidden = false;
  if (!input('date').value) input('date').value = list.date();
  options(input('item'), [{ code: '', name: '请选择事项' }, ...list.allItems()],
    (item) => [item.code, item.code ? `${item.name}（${item.code}）` : item.name, false]);
  showSlots();
  input('name').focus();
}

export function close() { $('booking').hidden = true; }

export function begin() {
  form().addEventListener('submit', (event) => { event.preventDefault(); save(); });
  input('date').addEventListener('change', showSlots);
  $('new-booking').onclick = open;
  $('close-booking').onclick = close;
}
