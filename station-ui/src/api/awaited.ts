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
  EvaluationSummary: { date: string; levels: Record<'l5' | 'l4' | 'l3' | 'l2' | 'l1', number>; rated: number; unrated: number; declined: number };
  NewComplaint: {
    about: 'service' | 'staff' | 'wait' | 'facility' | 'other'; fact: 'refusal' | 'delay' | 'attitude' | 'absence' | 'demand' | 'other';
    occurred_at_ms: number; text: string; wish: string; anonymous: boolean; name?: string; phone?: string; window?: number;
  };
  Complaint: Pick<AwaitedSchemas['NewComplaint'], 'about' | 'fact' | 'occurred_at_ms' | 'anonymous'> & { id: string; number: string; at_ms: number; state: 'registered'; rung: S['Rung'] };
  ComplaintReceipt: { id: string; number: string; at_ms: number; rung: S['Rung'] };
}

export type AwaitedSlipKind = 'complaint';

export interface AwaitedOperations {
  evaluation_summary: Awaited<never, { date: string }, never, AwaitedSchemas['EvaluationSummary']>;
  complaints: Awaited<never, { after?: string; limit?: number }, never, { complaints: AwaitedSchemas['Complaint'][]; next: string | null }>;
  complain: Awaited<never, never, AwaitedSchemas['NewComplaint'], AwaitedSchemas['ComplaintReceipt']>;
  evaluate: Awaited<never, never, { level: number }, { editable_until_ms: number }>;
}

export const AWAITED_ROUTES: Record<keyof AwaitedOperations, readonly [string, string]> = {
  evaluation_summary: ['GET', '/api/v1/evaluations/summary'],
  complaints: ['GET', '/api/v1/complaints'],
  complain: ['POST', '/api/v1/complaints'],
  evaluate: ['POST', '/api/v1/evaluations'],
};
