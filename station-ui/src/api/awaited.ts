// Operations of the contract that docs/openapi.yaml does not hold yet. An operation that is in the
// document wins over its line here, so that a line can go whenever it is no longer used.
import type { components } from './generated/schema';

interface Awaited<P, Q, B, A> {
  parameters: { path: P; query: Q };
  requestBody: { content: { 'application/json': B } };
  responses: { 200: { content: { 'application/json': A } } };
}
type Known = components['schemas'];
type Shared<K extends string> = K extends keyof Known ? Known[K] : never;
type VisitState = 'waiting' | 'called' | 'in_service' | 'on_hold' | 'missed' | 'finished' | 'left';
type Priority = 'none' | 'elder' | 'disabled' | 'pregnant' | 'veteran';
type Period = Shared<'PeriodKind'> | null;

export interface AwaitedSchemas {
  Window: { number: number; name: string; groups: string[]; closed: boolean; held_by: string | null; held_since_ms: number | null; ticket: string | null; state: 'open' | 'paused' | 'closed' };
  Seat: { seat: string; window: AwaitedSchemas['Window']; took_over_from: string | null };
  Visit: {
    id: string; ticket: string; revision: string; item: string; state: VisitState; window: number | null; priority: Priority; period: Period;
    appointment: string | null; slot: string | null; name: string | null; arrived_at_ms: number; called_at_ms: number | null; calls: number;
    started_at_ms: number | null; finished_at_ms: number | null; outcome: string | null; note: string | null; hold_reason: string | null;
    rated: 'invited' | 'rated' | 'declined' | 'not_rated' | null; late_entry: boolean; business_date: string; upstream: boolean; rung: Shared<'Rung'>;
  };
  QueueRow: {
    id: string; ticket: string; item: string; group: string; state: VisitState; name: string | null; priority: Priority; slot: string | null;
    arrived_at_ms: number; wait_min: number; reason: 'appointment_due' | 'priority' | 'order' | 'longest_wait' | 'transferred' | 'returned';
    ready_at_ms: number | null; window: number | null;
  };
  Queue: {
    day: string; now_ms: number; revision: number; next: string | null; waiting: AwaitedSchemas['QueueRow'][]; current: AwaitedSchemas['Visit'] | null;
    missed: AwaitedSchemas['QueueRow'][]; held: AwaitedSchemas['QueueRow'][]; expected: number; left_over: AwaitedSchemas['QueueRow'][];
    counts: { waiting: number; by_appointment: number; walk_in: number; missed: number; held: number; finished: number; average_min: number | null; off_hours: number; rated: number; unrated: number };
    light: 'green' | 'amber' | 'red';
  };
  Arrival: {
    appointment: Shared<'Appointment'> | null; visit: AwaitedSchemas['Visit']; ahead: number; timing: 'early' | 'on_time' | 'late' | 'none';
    late_min: number; ready_at_ms: number | null; already: boolean;
  };
  RecordRow: {
    id: string; number: string; item: string; date: string; window: string; name: string; phone_tail: string; life: Shared<'Life'>;
    visit_state: VisitState | null; ticket: string; rung: Shared<'Rung'>; tasks: Shared<'LifeTask'>[]; station: string; period: Period;
  };
}

type Seated = { seat: string };
type S = AwaitedSchemas;
type Act<B> = Awaited<{ id: string }, never, B, S['Visit']>;
type WindowPath = { number: number };

export interface AwaitedOperations {
  windows: Awaited<never, never, never, { windows: S['Window'][] }>;
  open_window: Awaited<WindowPath, never, { take_over?: boolean }, S['Seat']>;
  close_window: Awaited<WindowPath, never, Seated, undefined>;
  queue: Awaited<never, { window?: number }, never, S['Queue']>;
  call_next: Awaited<never, never, { seat: string; visit?: string }, S['Visit']>;
  take_ticket: Awaited<never, never, { item: string; priority?: Priority; name?: string; note?: string }, S['Arrival']>;
  edit_visit: Act<{ note: string | null }>;
  recall: Act<Seated>;
  start_visit: Act<Seated>;
  miss_visit: Act<Seated>;
  return_visit: Awaited<{ id: string }, never, never, S['Visit']>;
  hold_visit: Act<{ seat: string; reason: string }>;
  resume_visit: Act<Seated>;
  transfer_visit: Act<{ seat: string; to_window: number }>;
  finish_visit: Act<{ seat: string; outcome: 'done' | 'consulted' | 'incomplete' | 'received_only'; rate?: boolean }>;
  leave_visit: Act<{ reason: 'client_left' | 'carried_over' | 'told_by_phone' }>;
  undo: Awaited<never, never, { id: string }, { id: string; undone: string }>;
  lookup: Awaited<never, never, { text: string; date?: string }, { kind: 'number' | 'document' | 'phone_tail' | 'name' | 'none'; matches: S['RecordRow'][]; bad_code: boolean }>;
  search_records: Awaited<never, never, { text?: string; filter?: 'today' | 'to_check_in' | 'waitlist' | 'pending' | 'problems' | 'all'; from?: string; to?: string; after?: string; limit?: number }, { rows: S['RecordRow'][]; next: string | null; total: number | null }>;
}

export const AWAITED_ROUTES: Record<keyof AwaitedOperations, readonly [string, string]> = {
  windows: ['GET', '/api/v1/windows'],
  open_window: ['POST', '/api/v1/windows/{number}/open'],
  close_window: ['POST', '/api/v1/windows/{number}/close'],
  queue: ['GET', '/api/v1/queue'],
  call_next: ['POST', '/api/v1/queue/call'],
  take_ticket: ['POST', '/api/v1/visits'],
  edit_visit: ['PATCH', '/api/v1/visits/{id}'],
  recall: ['POST', '/api/v1/visits/{id}/recall'],
  start_visit: ['POST', '/api/v1/visits/{id}/start'],
  miss_visit: ['POST', '/api/v1/visits/{id}/miss'],
  return_visit: ['POST', '/api/v1/visits/{id}/return'],
  hold_visit: ['POST', '/api/v1/visits/{id}/hold'],
  resume_visit: ['POST', '/api/v1/visits/{id}/resume'],
  transfer_visit: ['POST', '/api/v1/visits/{id}/transfer'],
  finish_visit: ['POST', '/api/v1/visits/{id}/finish'],
  leave_visit: ['POST', '/api/v1/visits/{id}/leave'],
  undo: ['POST', '/api/v1/undo'],
  lookup: ['POST', '/api/v1/lookup'],
  search_records: ['POST', '/api/v1/records/search'],
};
