// Operations of the contract that docs/openapi.yaml does not hold yet. An operation that is in the
// document wins over its line here, so that a line can go whenever it is no longer used.
import type { components } from './generated/schema';

interface Awaited<P, Q, B, A> {
  parameters: { path: P; query: Q };
  requestBody: { content: { 'application/json': B } };
  responses: { 200: { content: { 'application/json': A } } };
}

interface NewEvaluation { visit?: string; invitation?: string; code?: string; level: number; reasons?: string[]; text?: string }

export type AwaitedSchemas = Record<never, never>;

export interface AwaitedOperations {
  edit_visit: Awaited<{ id: string }, never, { note: string | null }, components['schemas']['Visit']>;
  evaluate: Awaited<never, never, NewEvaluation, { visit: string | null; editable_until_ms: number }>;
  undo: Awaited<never, never, { id: string }, { id: string; undone: string }>;
}

export const AWAITED_ROUTES: Record<keyof AwaitedOperations, readonly [string, string]> = {
  edit_visit: ['PATCH', '/api/v1/visits/{id}'],
  evaluate: ['POST', '/api/v1/evaluations'],
  undo: ['POST', '/api/v1/undo'],
};
