// The node's API: one request, one answer; a problem becomes an Error with the words to show.
export class Problem extends Error {
  constructor(status, body) {
    super(body.title ?? '本机没有回应');
    Object.assign(this, { status, code: body.code ?? 'Unreachable', field: body.field ?? '',
      hint: body.hint ?? '不能确定是否已保存；连通后用原内容再按一次保存，不会重复。',
      retryAfter: body.retry_after_s ?? 0 });
  }
}

let csrf = '';
export function setCsrf(token) { csrf = token; }

const WAIT_MS = 20000;

/**
 * @param {string} method
 * @param {string} path
 * @param {{ body?: unknown, key?: string, match?: string, background?: boolean }} [wish]
 */
export async function call(method, path, { body, key, match, background } = {}) {
  /** @type {Record<string, string>} */
  const headers = {};
  if (method !== 'GET') headers['Content-Type'] = 'application/json';
  if (method !== 'GET' && csrf) headers['X-CSRF'] = csrf;
  if (key) headers['Idempotency-Key'] = key;
  if (match) headers['If-Match'] = `"${match}"`;
  if (background) headers['X-Background'] = '1';
  let answer;
  try {
    answer = await fetch(`/api/v1${path}`, { method, headers, cache: 'no-store',
      body: body === undefined ? undefined : JSON.stringify(body), signal: AbortSignal.timeout(WAIT_MS) });
  } catch {
    throw new Problem(0, {});
  }
  if (answer.status === 204) return null;
  const value = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Problem(answer.status, value);
  return value;
}

// A key that names one wish of the clerk, however often it has to be asked.
export function newKey() { return crypto.randomUUID(); }
