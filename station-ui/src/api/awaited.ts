// Operations of the contract that docs/openapi.yaml does not hold yet. An operation that is in the
// document wins over its line here, so that a line can go whenever it is no longer used.
import type { components } from './generated/schema';

interface Awaited<P, Q, B, A> {
  parameters: { path: P; query: Q };
  requestBody: { content: { 'application/json': B } };
  responses: { 200: { content: { 'application/json': A } } };
}

interface HallDevice { device: string; kind: 'display' | 'eval' | 'ticket'; name: string; window: number | null; paired: boolean; seen_at_ms: number | null }
type Period = components['schemas']['PeriodKind'];

interface Display {
  station: string; date: string; now_ms: number; period: Period | null; period_end: string | null;
  next_period: { kind: Period; begin: string } | null;
  calling: { ticket: string; window: number; at_ms: number; calls: number }[];
  windows: { number: number; name: string; state: 'open' | 'paused' | 'closed'; ticket: string | null }[];
  next: string[]; missed: string[]; waiting: number; estimate_min: number | null; groups: string[]; hotline: string;
}
interface TicketScreen {
  station: string; now_ms: number; period: Period | null; waiting: number; open: boolean;
  groups: { group: string; items: { code: string; name: string }[]; ahead: number }[];
}
interface EvalScreen {
  station: string; now_ms: number; hours: { kind: Period; begin: string; end: string }[]; window: { number: number; name: string };
  invitation: { visit: string; invitation: string; until_ms: number } | null; reasons: { code: string; zh: string; en: string }[];
}
interface NewEvaluation { visit?: string; invitation?: string; code?: string; level: number; reasons?: string[]; text?: string }

export type AwaitedSchemas = Record<never, never>;

export interface AwaitedOperations {
  edit_visit: Awaited<{ id: string }, never, { note: string | null }, components['schemas']['Visit']>;
  evaluate: Awaited<never, never, NewEvaluation, { visit: string | null; editable_until_ms: number }>;
  devices: Awaited<never, never, never, { devices: HallDevice[] }>;
  add_device: Awaited<never, never, { kind: HallDevice['kind']; name: string; window?: number }, { device: HallDevice; code: string }>;
  remove_device: Awaited<{ device: string }, never, never, undefined>;
  this_device: Awaited<never, never, never, HallDevice>;
  pair_device: Awaited<never, never, { code: string }, HallDevice>;
  display: Awaited<never, never, never, Display>;
  ticket_screen: Awaited<never, never, never, TicketScreen>;
  eval_screen: Awaited<{ number: number }, never, never, EvalScreen>;
  undo: Awaited<never, never, { id: string }, { id: string; undone: string }>;
}

export const AWAITED_ROUTES: Record<keyof AwaitedOperations, readonly [string, string]> = {
  edit_visit: ['PATCH', '/api/v1/visits/{id}'],
  evaluate: ['POST', '/api/v1/evaluations'],
  devices: ['GET', '/api/v1/devices'],
  add_device: ['POST', '/api/v1/devices'],
  remove_device: ['POST', '/api/v1/devices/{device}/remove'],
  this_device: ['GET', '/api/v1/device'],
  pair_device: ['POST', '/api/v1/device/pair'],
  display: ['GET', '/api/v1/screens/display'],
  ticket_screen: ['GET', '/api/v1/screens/ticket'],
  eval_screen: ['GET', '/api/v1/screens/eval/{number}'],
  undo: ['POST', '/api/v1/undo'],
};
