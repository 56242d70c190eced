// The one place that calls fetch: operations of the contract by their name.
import { ROUTES } from './generated/routes';
import { Problem, type Unanswered } from './problem';
import type { Answer, Ask, OperationId, ProblemBody } from './types';

const ALL_ROUTES: Record<string, readonly [string, string]> = ROUTES;
const TIMEOUT_MS = 15_000;
const LONG_MS = 600_000;

// Questions that are too long, or too private, for an address.
const ASKED_BY_POST = new Set<OperationId>(['lookup', 'search_records']);

// What reads all that the node holds: minutes, on a slow machine with years of records.
const LONG = new Set<OperationId>(['verify_now']);

let csrf = '';
let onLocked: (problem: Problem) => void = () => {};

export const setCsrf = (token: string): void => { csrf = token; };
// Told of every refusal that means "somebody has to sign in or unlock first".
export const whenLocked = (tell: (problem: Problem) => void): void => { onLocked = tell; };
export const newKey = (): string => crypto.randomUUID();

const isReading = (operation: OperationId): boolean => ALL_ROUTES[operation]?.[0] === 'GET' || ASKED_BY_POST.has(operation);

interface Wire {
  path?: Record<string, string | number>;
  query?: Record<string, string | number | boolean | undefined>;
  body?: unknown;
  key?: string;
  match?: string;
  background?: boolean;
  lasting?: boolean;
}

function unanswered(operation: OperationId, ask: Wire): Unanswered {
  if (isReading(operation)) return 'read';
  return ask.key ? '' : 'unkeyed';
}

export function urlOf(operation: OperationId, ask: Pick<Wire, 'path' | 'query'> = {}): string {
  const route = ALL_ROUTES[operation];
  if (!route) throw new Error(`no such operation: ${operation}`);
  const path = route[1].replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(ask.path?.[name])));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(ask.query ?? {})) {
    if (value !== undefined) query.set(name, String(value));
  }
  return query.size > 0 ? `${path}?${query}` : path;
}

function requestOf(operation: OperationId, ask: Wire): RequestInit {
  const method = ALL_ROUTES[operation]?.[0] ?? 'GET';
  const headers: Record<string, string> = {};
  if (method !== 'GET') {
    headers['Content-Type'] = 'application/json';
    if (csrf) headers['X-CSRF'] = csrf;
  }
  if (ask.key) headers['Idempotency-Key'] = ask.key;
  if (ask.match) headers['If-Match'] = `"${ask.match}"`;
  if (ask.background) headers['X-Background'] = '1';
  const body = ask.body === undefined ? undefined : JSON.stringify(ask.body);
  return { method, headers, keepalive: ask.lasting === true, ...(body === undefined ? {} : { body }), signal: AbortSignal.timeout(LONG.has(operation) ? LONG_MS : TIMEOUT_MS) };
}

async function answerOf(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  const answer: unknown = await response.json();
  if (response.ok) return answer;
  const problem = Problem.of(answer as ProblemBody);
  if (problem.isLock || problem.isSignedOut) onLocked(problem);
  throw problem;
}

type Rest<O extends OperationId> = Record<string, never> extends Ask<O> ? [ask?: Ask<O>] : [ask: Ask<O>];

export async function call<O extends OperationId>(operation: O, ...rest: Rest<O>): Promise<Answer<O>> {
  const ask = (rest[0] ?? {}) as Wire;
  try {
    const response = await fetch(urlOf(operation, ask), requestOf(operation, ask));
    return (await answerOf(response)) as Answer<O>;
  } catch (error) {
    throw error instanceof Problem ? error : Problem.noAnswer(unanswered(operation, ask));
  }
}

// A file that the node makes, under the name that it gives it.
export async function fileOf(operation: OperationId): Promise<{ name: string; bytes: ArrayBuffer }> {
  try {
    const response = await fetch(urlOf(operation), requestOf(operation, {}));
    if (!response.ok) await answerOf(response);
    const name = /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '')?.[1];
    return { name: name ?? operation, bytes: await response.arrayBuffer() };
  } catch (error) {
    throw error instanceof Problem ? error : Problem.noAnswer('read');
  }
}

// A file of this build, such as the clips of the voice.
export async function bytesOf(url: string): Promise<ArrayBuffer> {
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok) throw Problem.noAnswer();
  return response.arrayBuffer();
}
