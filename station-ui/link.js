// The line between this page and its node: status and events; says at once when the node is gone.
import { $, notify } from './dom.js';
import { CANNOT_SAVE, LINE_DOWN, NODE_GONE, chip } from './wording.js';

const GONE_MS = 10000;
const DOWN_SHOWN_MS = 60000;
const RETRY_MS = 3000;
let heard = Date.now();
let status = null;
let downSince = null;
let downTold = false;

export const writable = () => status !== null && status.can_save && Date.now() - heard < GONE_MS;

function show() {
  const gone = Date.now() - heard >= GONE_MS;
  const alarm = gone ? NODE_GONE : status && !status.can_save ? CANNOT_SAVE : '';
  $('alarm').textContent = alarm;
  $('alarm').hidden = alarm === '';
  document.querySelectorAll('form button[type=submit]').forEach((button) => {
    if (button instanceof HTMLButtonElement && !button.closest('#sign-in')) button.disabled = !writable() || button.dataset.busy === '1';
  });
  const [text, tone] = gone ? ['? 本机没有回应', 'danger'] : status ? chip(status) : ['正在连接本机…', 'wait'];
  $('chip').textContent = text;
  $('chip').className = `chip ${tone}`;
  if (!status) return;
  $('station').textContent = status.name;
  if (status.role === 'hub' || status.connected) {
    if (downTold) notify(status.counts?.pending ? `已恢复连通，正在上报 ${status.counts.pending} 条。` : '已恢复连通。', true);
    downSince = null;
    downTold = false;
  } else {
    downSince ??= Date.now();
    if (!downTold && Date.now() - downSince >= DOWN_SHOWN_MS) {
      notify(LINE_DOWN);
      downTold = true;
    }
  }
}

function connect(on) {
  const events = new EventSource('/api/v1/events');
  const alive = () => { heard = Date.now(); };
  events.addEventListener('open', alive);
  events.addEventListener('heartbeat', () => { alive(); show(); });
  events.addEventListener('status', (event) => { setStatus(JSON.parse(event.data)); on.status(); });
  events.addEventListener('appointment', (event) => { alive(); on.record(JSON.parse(event.data).id); });
  events.addEventListener('reset', () => { alive(); on.reset(); });
  // A browser gives up a stream that its server refused; the page never does.
  events.addEventListener('error', () => {
    if (events.readyState === EventSource.CLOSED) setTimeout(connect, RETRY_MS, on);
  });
}

// `on.status`, `on.record(id)` and `on.reset` are called when something has changed.
export function listen(on) {
  connect(on);
  setInterval(() => {
    show();
    $('clock').textContent = new Date().toLocaleTimeString('zh-CN', { hour: '2-digit', minute: '2-digit' });
  }, 1000);
}

export function setStatus(value) {
  heard = Date.now();
  status = value;
  show();
}
