// Sign-in, first sign-in and the lock. What was typed elsewhere stays where it is.
import { call, setCsrf } from './api.js';
import { $, clearErrors, showProblem } from './dom.js';

let first = false;
/** @type {(answer: unknown) => void} */
let signedIn = () => {};
let locked = null;  // login of the person whose screen is locked

function setFirst(value) {
  first = value;
  $('code-row').hidden = !first;
  $('sign-in-title').textContent = first ? '首次登录' : locked ? '已锁定' : '登录';
  $('secret-label').textContent = first ? '自选口令（至少 6 位数字，不连号、不重复）' : '口令';
  $('first-time').textContent = first ? '返回登录' : '首次登录';
  $('first-time').hidden = locked !== null;
}

export function ask(login = null) {
  locked = login;
  const form = $('sign-in-form');
  setFirst(false);
  $('sign-in-hint').hidden = login === null;
  $('sign-in-hint').textContent = login ? '已锁定，内容未丢失。输入口令继续。' : '';
  form.elements.staff.value = login ?? form.elements.staff.value;
  form.elements.staff.readOnly = login !== null;
  form.elements.secret.value = '';
  $('desk').hidden = true;
  $('sign-in').hidden = false;
  (login ? form.elements.secret : form.elements.staff).focus();
}

function countDown(seconds) {
  const button = $('sign-in-form').querySelector('[type=submit]');
  button.disabled = true;
  const tick = () => {
    button.textContent = seconds > 0 ? `请等 ${seconds} 秒` : '登录';
    button.disabled = seconds > 0;
    if (seconds-- > 0) setTimeout(tick, 1000);
  };
  tick();
}

async function submit(event) {
  event.preventDefault();
  const form = $('sign-in-form');
  const { staff, code, secret } = form.elements;
  clearErrors(form);
  try {
    const body = first ? { staff: staff.value, code: code.value, new_secret: secret.value }
      : { staff: staff.value, secret: secret.value };
    const answer = await call('POST', first ? '/sign-in/first' : '/sign-in', { body });
    secret.value = '';
    code.value = '';
    enter(answer);
  } catch (problem) {
    if (problem.field === 'new_secret') problem.field = 'secret';
    showProblem(form, problem);
    if (problem.retryAfter > 0) countDown(problem.retryAfter);
  }
}

function enter(answer) {
  setCsrf(answer.csrf);
  locked = null;
  $('sign-in-form').elements.staff.readOnly = false;
  $('who').textContent = answer.display_name;
  $('sign-out').hidden = false;
  $('sign-in').hidden = true;
  $('desk').hidden = false;
  signedIn(answer);
}

// Starts with whoever is signed in here already.
export async function begin(onSignedIn) {
  signedIn = onSignedIn;
  $('sign-in-form').addEventListener('submit', submit);
  $('first-time').addEventListener('click', () => setFirst(!first));
  $('sign-out').addEventListener('click', async () => {
    await call('POST', '/sign-out').catch(() => {});
    location.reload();
  });
  try {
    const answer = await call('GET', '/sign-in', { background: true });
    setCsrf(answer.csrf);
    if (answer.locked) ask(answer.staff); else enter(answer);
  } catch {
    ask();
  }
}

// True when the problem was the lock or an ended sign-in: the page asks, and keeps what was typed.
export async function asked(problem) {
  if (problem.code === 'Denied' && problem.field === 'lock') {
    const who = await call('GET', '/sign-in', { background: true }).catch(() => null);
    ask(who?.staff ?? null);
    return true;
  }
  if (problem.status === 401) {
    ask();
    return true;
  }
  return false;
}
