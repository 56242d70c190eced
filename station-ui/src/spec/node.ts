// A node for specs: answers by method and path, and keeps what was asked.
import { mount, type VueWrapper } from '@vue/test-utils';
import { vi } from 'vitest';
import { nextTick, type Component } from 'vue';
import { createMemoryHistory, createRouter, type Router } from 'vue-router';
import type { Status } from '@/api';
import { useNode } from '@/stores/node';

export interface Asked { method: string; path: string; query: URLSearchParams; body: Record<string, unknown> | undefined; headers: Headers }
// A refusal of the node, as problem+json.
export class Refusal {
  constructor(readonly status: number, readonly code: string, readonly field = '', readonly hint = '没有保存。', readonly title = '不允许', readonly retry_after_s = 0) {}
}
type Answer = unknown | ((asked: Asked) => unknown);

// The answer itself; a TypeError in its place is a line that is cut.
function responseOf(value: unknown): Response {
  if (value instanceof TypeError) throw value;
  if (value instanceof Refusal) return new Response(JSON.stringify({ type: 'urn:x', detail: '', ...value }), { status: value.status });
  return value === null ? new Response(null, { status: 204 }) : new Response(JSON.stringify(value), { status: 200 });
}

// "POST /visits" → its answer; what has none is no answer at all. Gives the list of what is asked from now on.
export function serve(answers: Record<string, Answer>): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal('fetch', vi.fn(async (url: string, init: RequestInit = {}) => {
    const at = new URL(url, 'http://node');
    const body = typeof init.body === 'string' ? (JSON.parse(init.body) as Record<string, unknown>) : undefined;
    const one = { method: init.method ?? 'GET', path: at.pathname.replace('/api/v1', ''), query: at.searchParams, body, headers: new Headers(init.headers) };
    asked.push(one);
    const answer = answers[`${one.method} ${one.path}`];
    if (answer === undefined) throw new TypeError(`no answer to ${one.method} ${one.path}`);
    return responseOf(typeof answer === 'function' ? await (answer as (asked: Asked) => unknown)(one) : answer);
  }));
  return asked;
}
export const bodyOf = (asked: Asked[], path: string): Asked['body'] => asked.findLast((one) => one.path === path)?.body;
export const keysOf = (asked: Asked[], path: string): (string | null)[] => asked.filter((one) => one.path === path).map((one) => one.headers.get('Idempotency-Key'));
export const written = (asked: Asked[]): Asked[] => asked.filter((one) => one.method !== 'GET');

// What a node in good health says of itself, at 10:42 on 5 March 2026.
export const NOW = Date.UTC(2026, 2, 5, 2, 42, 30);
export function saysOfItself(more: Partial<Status> = {}): void {
  const status = {
    node: 'a', name: '荫营镇便民服务中心', role: 'station', connected: true, can_save: true, now_ms: NOW, period: 'regular', last_contact_ms: NOW, counts: null,
    chip: { state: 'received', pending: 0, to_city: 0, since_ms: NOW, days: 0, agreed_days: 3 }, ...more,
  } as unknown as Status;
  useNode().take(status);
}
// The node was heard, and then no more for longer than a heartbeat.
export async function nodeFallsSilent(role: Status['role'] = 'station'): Promise<void> {
  vi.useFakeTimers(); // whose clock begins at 0: the last word is of that clock too
  saysOfItself({ role });
  const stop = useNode().start();
  vi.advanceTimersByTime(12_000);
  stop();
  vi.useRealTimers();
  await nextTick();
}

const nothing = { render: () => null };
export interface Page { page: VueWrapper; router: Router }
// A page where its links lead somewhere; `path` as in the address bar.
export async function open(component: Component, { path = '/', route = '/:rest(.*)*', props = {} as Record<string, unknown> } = {}): Promise<Page> {
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: route, component: nothing }, { path: '/:rest(.*)*', component: nothing }] });
  await router.push(path);
  const page = mount(component, { props, global: { plugins: [router] }, attachTo: document.body });
  await settled();
  return { page, router };
}
// Everything that was asked has been answered and drawn.
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((done) => setTimeout(done, 0));
}
export function press(code: string, more: KeyboardEventInit = {}): void {
  window.dispatchEvent(new KeyboardEvent('keydown', { code, key: code, bubbles: true, cancelable: true, ...more }));
}
