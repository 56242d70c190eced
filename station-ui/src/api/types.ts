// Names for the shapes of the contract, and what an operation takes and gives.
import type { components, operations } from './generated/schema';

export type Schemas = components['schemas'];
export type Operations = operations;
export type OperationId = keyof Operations;

type Parameters<O extends OperationId> = Operations[O] extends { parameters: infer P } ? P : never;
type Part<P, K extends string> = P extends { [key in K]?: infer V } ? Exclude<V, undefined> : never;
type PathOf<O extends OperationId> = Part<Parameters<O>, 'path'>;
type QueryOf<O extends OperationId> = Part<Parameters<O>, 'query'>;
type BodyOf<O extends OperationId> = Operations[O] extends {
  requestBody?: { content: { 'application/json': infer B } };
} ? B : never;

type Field<K extends string, V> = [V] extends [never] ? { [key in K]?: undefined }
  : Record<string, never> extends V ? { [key in K]?: V }
    : { [key in K]: V };

// What goes with a call besides the sign-in. `key` names an intention: a retry of it uses it again.
export type Ask<O extends OperationId> =
  Field<'path', PathOf<O>> & Field<'query', QueryOf<O>> & Field<'body', BodyOf<O>> & {
    key?: string;
    match?: string;
    background?: boolean;
    lasting?: boolean; // goes on when the page is left
  };

type Json<R> = R extends { content: { 'application/json': infer A } } ? A : undefined;
type Responses<O extends OperationId> = Operations[O] extends { responses: infer R } ? R : never;
type Good<R> = R extends { 200: infer A } ? A : R extends { 201: infer A } ? A : never;
export type Answer<O extends OperationId> = Json<Good<Responses<O>>>;

export type Status = Schemas['Status'];
export type SignedIn = Schemas['SignedIn'];
export type Item = Schemas['Item'];
export type Slot = Schemas['Slot'];
export type Appointment = Schemas['Appointment'];
export type AppointmentRow = Schemas['AppointmentRow'];
export type HistoryRow = Schemas['HistoryRow'];
export type Life = Schemas['Life'];
export type Rung = Schemas['Rung'];
export type ProblemBody = Schemas['Problem'];
