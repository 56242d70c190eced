// Operations of the contract that docs/openapi.yaml does not hold yet. An operation that is in the
// document wins over its line here, so that a line can go whenever it is no longer used.
import type { components } from './generated/schema';

interface Awaited<P, Q, B, A> {
  parameters: { path: P; query: Q };
  requestBody: { content: { 'application/json': B } };
  responses: { 200: { content: { 'application/json': A } } };
}

type S = components['schemas'];

export interface AwaitedSchemas {
  DayClose: {
    date: string; left: S['QueueRow'][]; pending: number | null; safe_to_power_off: boolean; closed_at_ms: number | null;
    counts: Record<'booked' | 'arrived' | 'finished' | 'walk_in' | 'off_hours' | 'cancelled' | 'no_show' | 'rated' | 'unrated' | 'complaints', number>;
  };
  EvaluationSummary: { date: string; levels: Record<'l5' | 'l4' | 'l3' | 'l2' | 'l1', number>; rated: number; unrated: number; declined: number };
  NewComplaint: {
    about: 'service' | 'staff' | 'wait' | 'facility' | 'other'; fact: 'refusal' | 'delay' | 'attitude' | 'absence' | 'demand' | 'other';
    occurred_at_ms: number; text: string; wish: string; anonymous: boolean; name?: string; phone?: string; window?: number;
  };
  Complaint: Pick<AwaitedSchemas['NewComplaint'], 'about' | 'fact' | 'occurred_at_ms' | 'anonymous'> & { id: string; number: string; at_ms: number; state: 'registered'; rung: S['Rung'] };
  ComplaintReceipt: { id: string; number: string; at_ms: number; rung: S['Rung'] };
}

export type AwaitedSlipKind = 'day_close' | 'complaint';

export interface AwaitedOperations {
  day_close: Awaited<never, never, never, AwaitedSchemas['DayClose']>;
  close_day: Awaited<never, never, { left: 'carry_over' | 'told_by_phone' }, AwaitedSchemas['DayClose']>;
  evaluation_summary: Awaited<never, { date: string }, never, AwaitedSchemas['EvaluationSummary']>;
  complaints: Awaited<never, { after?: string; limit?: number }, never, { complaints: AwaitedSchemas['Complaint'][]; next: string | null }>;
  complain: Awaited<never, never, AwaitedSchemas['NewComplaint'], AwaitedSchemas['ComplaintReceipt']>;
  edit_visit: Awaited<{ id: string }, never, { note: string | null }, components['schemas']['Visit']>;
  evaluate: Awaited<never, never, { level: number }, { editable_until_ms: number }>;
  undo: Awaited<never, never, { id: string }, { id: string; undone: string }>;
}

export const AWAITED_ROUTES: Record<keyof AwaitedOperations, readonly [string, string]> = {
  day_close: ['GET', '/api/v1/day-close'],
  close_day: ['POST', '/api/v1/day-close'],
  evaluation_summary: ['GET', '/api/v1/evaluations/summary'],
  complaints: ['GET', '/api/v1/complaints'],
  complain: ['POST', '/api/v1/complaints'],
  edit_visit: ['PATCH', '/api/v1/visits/{id}'],
  evaluate: ['POST', '/api/v1/evaluations'],
  undo: ['POST', '/api/v1/undo'],
};
