// What the node answers in a spec: by path, a value, a refusal, or a function of what was asked.
import { vi } from 'vitest';
import { Problem } from '@/api';

type Given = unknown;
export interface Asked {
  paths: string[];
  body: (path: string) => unknown;
  keys: (path: string) => (string | null)[];
}
interface Call { path: string; init: RequestInit | undefined }

function responseOf(given: Given): Response {
  if (!(given instanceof Problem)) return Response.json(given);
  const { status, code, field, title, hint, retryAfterS } = given;
  return Response.json({ status, code, field, title, hint, retry_after_s: retryAfterS }, { status });
}

export function answering(given: Record<string, Given>): Asked {
  const calls: Call[] = [];
  const answer = (path: string, init?: RequestInit): Promise<Response> => {
    calls.push({ path, init });
    if (!(path in given)) return Promise.reject(new TypeError(`a spec does not answer ${path}`));
    const found = given[path];
    const value: Given = typeof found === 'function' ? (found as (body: unknown) => unknown)(bodyOf(init)) : found;
    return value instanceof TypeError ? Promise.reject(value) : Promise.resolve(responseOf(value));
  };
  vi.stubGlobal('fetch', vi.fn(answer));
  const at = (path: string): Call[] => calls.filter((call) => call.path === path);
  return {
    get paths() { return calls.map((call) => call.path); },
    body: (path) => bodyOf(at(path).at(-1)?.init),
    keys: (path) => at(path).map((call) => new Headers(call.init?.headers).get('Idempotency-Key')),
  };
}

const bodyOf = (init?: RequestInit): unknown => (typeof init?.body === 'string' ? JSON.parse(init.body) : undefined);
