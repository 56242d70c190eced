export { bytesOf, call, fileOf, newKey, setCsrf, urlOf, whenLocked } from './call';
export { listen, reopen, type EventName, type NodeEvent } from './events';
export { Problem, asProblem, type ProblemCode } from './problem';
export type * from './types';
