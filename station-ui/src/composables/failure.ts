// What failed, as a page shows it; where it has a code, with what is copied for who helps from afar.
//
// Invariants  I1  what is copied is made of codes, ids and times: no word of the node's that may speak of a
//                 resident, nobody who is signed in, nothing that was typed.
import { asProblem, type Problem } from '@/api';
import { useNode } from '@/stores/node';
import { factLine } from './factLine';
import { codeOf, hintOf, problemLine } from './useProblem';

export interface Failure { text: string; copy?: string | undefined }

const noted = (code: string, facts: Record<string, unknown>): string => {
  const { status, nowMs } = useNode();
  return factLine(code, { ...facts, at: new Date(nowMs).toISOString(), name: status?.name, node: status?.node, program: status?.version });
};
const kindOf = ({ field }: Problem): string | undefined => field.split('/')[0] || undefined; // a field may end in the id of a record

export function failureOf(error: unknown): Failure {
  const problem = asProblem(error);
  return { text: problemLine(problem), copy: noted(codeOf(problem), { problem: problem.code, field: kindOf(problem), status: problem.status }) };
}
// Beside the field that it is about: with a code, and so to be copied, where the catalogue has one.
export function fieldFailureOf(problem: Problem): Failure {
  const { copy } = failureOf(problem);
  return { text: hintOf(problem), copy: codeOf(problem) === problem.code ? undefined : copy };
}
// `why`: the cause as the contract names it.
export const failureWith = (code: string, text: string, why: string): Failure => ({ text, copy: noted(code, { problem: why }) });
