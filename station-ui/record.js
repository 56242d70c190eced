// One appointment: its facts, what may be done with it, and who did what.
import { call, newKey } from './api.js';
import * as list from './day_list.js';
import { $, badge, notify, shifted } from './dom.js';
import { asked } from './sign_in.js';
import { fill } from './slots.js';
import { FIELD, LIFE, REASON, RUNG, TASK, moment } from './wording.js';

let record = null;
let intent = { action: '', key: '' };
const FORMS = ['reschedule-form', 'cancel-form', 'edit-form'];

// One key for one wish: asked again after a lost answer, it is carried out once.
function keyOf(action) {
  if (intent.action !== action) intent = { action, key: newKey() };
  return intent.key;
}

function line(name, content) {
  const dt = document.createElement('dt');
  const dd = document.createElement('dd');
  dt.textContent = name;
  dd.append(content);
  return [dt, dd];
}

function showFacts() {
  $('record-title').textContent = `预约 ${record.number}`;
  const facts = [line('状态', badge(LIFE[record.life])), line('上报', badge(RUNG[record.rung])),
    line('时段', `${record.date} ${record.window}`), line('姓名', record.name),
    line('证件号', record.document.number), line('手机', record.phone ?? '无手机'),
    line('事项', list.itemName(record.item)), line('备注', record.note ?? '—')];
  if (record.cancel_reason) facts.push(line('取消原因', REASON[record.cancel_reason] ?? record.cancel_reason));
  if (record.reschedules) facts.push(line('改约', `${record.reschedules} 次`));
  $('record-facts').replaceChildren(...facts.flat());
  const words = record.siblings.map((row) => `${FIELD[row.field] ?? row.field}在两处同时改动：${row.values.join(' / ')}，现显示第一个。请核对后保存一次。`)
    .concat(record.tasks.map((task) => TASK[task]));
  $('record-conflicts').replaceChildren(...words.map((text) => {
    const box = document.createElement('p');
    box.className = 'conflict';
    box.textContent = text;
    return box;
  }));
}

function button(text, action, primary = false) {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = text;
  if (primary) made.className = 'primary';
  made.onclick = action;
  return made;
}

function showForm(id) {
  FORMS.forEach((name) => { $(name).hidden = name !== id; });
}

function showActions() {
  const booked = record.life === 'confirmed';
  const there = record.life === 'checked_in' || record.life === 'in_service';
  const actions = [];
  if (booked) actions.push(button('F4 签到', () => act('check-in'), true));
  if (there) actions.push(button('F10 办结', () => act('finish'), true));
  if (booked) {
    actions.push(button('改约', async () => {
      showForm('reschedule-form');
      const at = $('reschedule-form').elements;
      at.date.value = shifted(record.date, 1);
      await fill(at.window, at.date.value).catch(asked);
    }));
    actions.push(button('取消预约', () => showForm('cancel-form')));
  }
  actions.push(button('改手机或备注', () => {
    showForm('edit-form');
    $('edit-form').elements.phone.value = record.phone ?? '';
    $('edit-form').elements.note.value = record.note ?? '';
  }));
  $('record-actions').replaceChildren(...actions);
  showForm(null);
}

async function showHistory() {
  const { history } = await call('GET', `/appointments/${record.id}/history`, { background: true });
  $('record-history').replaceChildren(...history.map((row) => {
    const li = document.createElement('li');
    const what = [row.life ? LIFE[row.life][0] : '', row.fields.map((field) => FIELD[field]).join('、')].filter(Boolean).join(' · ');
    li.append(`${moment(row.at_ms)} ${row.staff_login ?? '其他节点'}：${what} `, badge(RUNG[row.rung]));
    return li;
  }));
}

function fail(problem) {
  $('record-error').textContent = `${problem.message}：${problem.hint}`;
  $('record-error').hidden = false;
}

async function act(action, body, method = 'POST') {
  $('record-error').hidden = true;
  const path = method === 'PATCH' ? `/appointments/${record.id}` : `/appointments/${record.id}/${action}`;
  try {
    const wish = JSON.stringify([record.id, record.revision, action, body]);
    const answer = await call(method, path, { body, key: keyOf(wish), match: method === 'PATCH' ? record.revision : undefined });
    record = action === 'check-in' ? answer.appointment : answer;
    intent = { action: '', key: '' };
    notify(`已存本机 · 预约号 ${record.number} · ${LIFE[record.life][0]}`, true);
    await show();
    list.refresh();
  } catch (problem) {
    if (await asked(problem)) return;
    if (problem.status !== 0) intent = { action: '', key: '' };
    fail(problem);
  }
}

async function show() {
  showFacts();
  showActions();
  await showHistory();
}

export async function open(id) {
  $('record-error').hidden = true;
  try {
    record = await call('GET', `/appointments/${id}`);
    $('booking').hidden = true;
    $('record').hidden = false;
    list.select(id);
    await show();
  } catch (problem) {
    if (!await asked(problem)) notify(`${problem.message}：${problem.hint}`);
  }
}

// The record changed elsewhere: shown anew, unless somebody is typing in it.
export async function changed(id) {
  if ($('record').hidden || record?.id !== id || FORMS.some((name) => !$(name).hidden)) return;
  record = await call('GET', `/appointments/${id}`, { background: true }).catch(() => record);
  await show().catch(() => {});
}

export function close() {
  $('record').hidden = true;
  list.select(null);
}

export const checkIn = () => { if (!$('record').hidden && record.life === 'confirmed') act('check-in'); };
export const finish = () => { if (!$('record').hidden && ['checked_in', 'in_service'].includes(record.life)) act('finish'); };
export const shownId = () => ($('record').hidden ? null : record?.id);

export function begin() {
  $('close-record').onclick = close;
  const on = (id, send) => $(id).addEventListener('submit', (event) => { event.preventDefault(); send($(id).elements); });
  on('reschedule-form', (at) => act('reschedule', { date: at.date.value, window: at.window.value }));
  on('cancel-form', (at) => act('cancel', { reason: at.reason.value }));
  on('edit-form', (at) => {
    const phone = at.phone.value.trim();
    act('edit', { phone: phone === '' ? null : phone, note: at.note.value === '' ? null : at.note.value }, 'PATCH');
  });
  $('reschedule-form').elements.date.addEventListener('change', (event) => {
    fill($('reschedule-form').elements.window, event.target.value).catch(asked);
  });
}
