// The appointments of one day, kept as the node has them.
import { call } from './api.js';
import { $, badge, cell, isoDate, shifted } from './dom.js';
import { asked } from './sign_in.js';
import { LIFE, RUNG } from './wording.js';

const PAGE = 50;
let items = new Map();
let shown = [];
let pages = 1;
let selected = null;
/** @type {(id: string) => void} */
let open = () => {};
let loading = false;
let again = false;

export const date = () => $('date').value;
export const itemName = (code) => items.get(code)?.name ?? code;
export const allItems = () => [...items.values()];
export function select(id) { selected = id; draw(); }

let drawn = '';

function draw() {
  const wanted = JSON.stringify([shown, selected]);
  if (wanted === drawn) return;  // rows stay under the pointer while nothing has changed
  drawn = wanted;
  const focused = document.activeElement instanceof HTMLElement && document.activeElement.dataset.id;
  $('rows').replaceChildren(...shown.map((row) => {
    const tr = document.createElement('tr');
    tr.tabIndex = 0;
    tr.dataset.id = row.id;
    tr.setAttribute('aria-selected', String(row.id === selected));
    tr.append(cell(row.window), cell(row.number), cell(row.name), cell(row.phone_tail),
      cell(itemName(row.item), 'item'), cell(badge(LIFE[row.life])), cell(badge(RUNG[row.rung])));
    tr.addEventListener('click', () => open(row.id));
    tr.addEventListener('keydown', (event) => { if (event.code === 'Enter') open(row.id); });
    return tr;
  }));
  if (focused) [...$('rows').children].find((tr) => tr.dataset.id === focused)?.focus();
  $('empty').hidden = shown.length > 0;
}

async function load() {
  const rows = [];
  let next = '';
  for (let page = 0; page < pages; page++) {
    const after = next ? `&after=${encodeURIComponent(next)}` : '';
    const answer = await call('GET', `/appointments?date=${date()}&limit=${PAGE}${after}`, { background: true });
    rows.push(...answer.appointments);
    next = answer.next;
    if (!next) break;
  }
  shown = rows;
  $('more').hidden = !next;
  $('day-count').textContent = next ? `已显示 ${rows.length} 条` : `共 ${rows.length} 条`;
  draw();
}

// Loads anew; calls that come meanwhile are answered by one more load.
export async function refresh() {
  if (!date()) return;
  if (loading) { again = true; return; }
  loading = true;
  try {
    do {
      again = false;
      await load();
    } while (again);
  } catch (problem) {
    await asked(problem);  // otherwise the rows stay; the chip says what is wrong
  } finally {
    loading = false;
  }
}

export async function begin(onOpen) {
  open = onOpen;
  items = new Map((await call('GET', '/items', { background: true })).items.map((item) => [item.code, item]));
  if (!date()) $('date').value = isoDate(new Date());
  const go = (value) => { $('date').value = value; pages = 1; refresh(); };
  $('date').onchange = () => { pages = 1; refresh(); };
  $('day-before').onclick = () => go(shifted(date(), -1));
  $('day-after').onclick = () => go(shifted(date(), 1));
  $('today').onclick = () => go(isoDate(new Date()));
  $('more').onclick = () => { pages += 1; refresh(); };
  await refresh();
}
