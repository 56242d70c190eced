// Operations of the contract that docs/openapi.yaml does not hold yet. An operation that is in the
// document wins over its line here, so that a line can go whenever it is no longer used.
interface Awaited<P, Q, B, A> {
  parameters: { path: P; query: Q };
  requestBody: { content: { 'application/json': B } };
  responses: { 200: { content: { 'application/json': A } } };
}

export interface AwaitedSchemas {
  StaffName: { staff: string; display_name: string; role: 'clerk' | 'lead' | 'district' | 'city' };
}

export interface AwaitedOperations {
  sign_in_names: Awaited<never, never, never, { names: AwaitedSchemas['StaffName'][] }>;
}

export const AWAITED_ROUTES: Record<keyof AwaitedOperations, readonly [string, string]> = {
  sign_in_names: ['GET', '/api/v1/sign-in/names'],
};
