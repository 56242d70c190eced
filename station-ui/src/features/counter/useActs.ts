// What the clerk does with the person at the window. One act at a time; pressed again after no answer it is the same
// wish: it keeps its key until it is answered, or the page sees that something has changed at the window.
// An act is over when it is answered: what the page asks for then may be done. The page may ask a moment before,
// for the node tells everybody what has happened: what is pressed by then waits for the answer, and is not lost.
import { computed, shallowReactive, watch } from 'vue';
import { asProblem, call, Problem } from '@/api';
import { failureOf } from '@/composables/failure';
import { useIntent } from '@/composables/useIntent';
import { t } from '@/i18n';
import { useNode } from '@/stores/node';
import { useNotices } from '@/stores/notices';
import { useQueue, type Visit } from '@/stores/queue';
import { useUndo } from '@/stores/undo';

export type Outcome = 'done' | 'consulted' | 'incomplete' | 'received_only';

type Said = 'done.called' | 'done.started' | 'done.missed' | 'done.held' | 'done.moved' | 'done.finished';
interface Act {
  name: string;
  with?: unknown[]; // what else makes it this wish and no other
  id?: string; // of whom at the window it is about
  leaves?: true; // the person goes: what was typed about them is saved before
  send: (seat: string, key: string) => Promise<Visit>;
  said?: Said; // when it can be undone
}

// `settle`: saves what was typed about the person at the window; false when it could not.
export function useActs(settle: () => Promise<boolean> = () => Promise.resolve(true)) {
  const queue = useQueue();
  const node = useNode();
  const notices = useNotices();
  const undo = useUndo();
  const intent = useIntent();
  const line = shallowReactive<Act[]>([]); // the act under way, and the one that waits for it
  const busy = computed(() => line.length > 0);
  const calling = computed(() => line.some((act) => act.name === 'call'));
  let answered: Promise<unknown> = Promise.resolve(); // when the last of them is
  let untold: number | null = null; // the notice of an act whose answer was lost

  const seen = (): string => [queue.current?.id, queue.current?.state, queue.current?.calls].join(' ');
  function settled(): void {
    intent.done();
    if (untold !== null) notices.close(untold);
    untold = null;
  }
  watch(seen, settled, { flush: 'sync' });

  function tell(problem: Problem, act: Act): void {
    if (problem.status !== 0) { notices.fail(failureOf(problem)); return; }
    untold = notices.fail(failureOf(Problem.noAnswer(act.name === 'call' ? 'call' : 'act')));
  }

  async function send(act: Act, seat: string): Promise<Visit | null> {
    if (act.leaves && !(await settle())) return null;
    const before = seen();
    try {
      const visit = await act.send(seat, intent.keyOf([act.name, act.id, act.with, seat, before]));
      settled();
      queue.take(visit);
      if (act.said) undo.offerRecord(t(act.said, { ticket: visit.ticket }), visit.id, queue.load);
      return visit;
    } catch (error) {
      const problem = asProblem(error);
      intent.refused(problem);
      queue.noteRefusal(error);
      const isKnown = problem.status === 0 && seen() !== before; // the page has shown meanwhile what it did
      if (!queue.lost && !isKnown) tell(problem, act);
      return null;
    }
  }

  // What waited is done when it is still about the same person.
  function sendDue(act: Act): Promise<Visit | null> | undefined {
    const seat = queue.seat?.seat;
    if (!seat || queue.lost || !node.canSave || (act.id && queue.current?.id !== act.id)) return undefined;
    return send(act, seat);
  }

  // The same act twice is one, and one may wait.
  async function perform(act: Act): Promise<Visit | null> {
    if (line.length > 1 || line[0]?.name === act.name) return null;
    const due = line.length === 0 ? null : answered;
    line.push(act);
    const sent = due ? due.then(() => sendDue(act)) : Promise.resolve(sendDue(act));
    const turn = sent.finally(() => line.shift());
    answered = turn;
    const visit = await turn;
    if (visit !== undefined) await queue.load().catch(() => {});
    return visit ?? null;
  }

  function onCurrent(act: Omit<Act, 'id' | 'send'>, ask: (id: string, seat: string, key: string) => Promise<Visit>): Promise<Visit | null> {
    const id = queue.current?.id;
    return id === undefined ? Promise.resolve(null) : perform({ ...act, id, send: (seat, key) => ask(id, seat, key) });
  }

  return {
    busy,
    calling,
    over: (): Promise<unknown> => answered, // nothing is under way then, and nothing waits
    callNext: (visit?: string) => perform({ name: 'call', with: [visit], said: 'done.called', send: (seat, key) => call('call_next', { body: { seat, ...(visit ? { visit } : {}) }, key }) }),
    recall: () => onCurrent({ name: 'recall' }, (id, seat, key) => call('recall', { path: { id }, body: { seat }, key })),
    start: () => onCurrent({ name: 'start', said: 'done.started' }, (id, seat, key) => call('start_visit', { path: { id }, body: { seat }, key })),
    miss: () => onCurrent({ name: 'miss', said: 'done.missed' }, (id, seat, key) => call('miss_visit', { path: { id }, body: { seat }, key })),
    hold: (reason: string) => onCurrent({ name: 'hold', with: [reason], leaves: true, said: 'done.held' }, (id, seat, key) => call('hold_visit', { path: { id }, body: { seat, reason }, key })),
    transfer: (to: number) => onCurrent({ name: 'transfer', with: [to], leaves: true, said: 'done.moved' }, (id, seat, key) => call('transfer_visit', { path: { id }, body: { seat, to_window: to }, key })),
    finish: (outcome: Outcome, rate: boolean) => onCurrent({ name: 'finish', with: [outcome, rate], leaves: true, said: 'done.finished' }, (id, seat, key) => call('finish_visit', { path: { id }, body: { seat, outcome, rate }, key })),
    resume: (id: string) => perform({ name: 'resume', with: [id], send: (seat, key) => call('resume_visit', { path: { id }, body: { seat }, key }) }),
    giveBack: (id: string) => perform({ name: 'give_back', with: [id], send: (_, key) => call('return_visit', { path: { id }, key }) }),
  };
}
