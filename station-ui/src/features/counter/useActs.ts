// What the clerk does with the person at the window. One act at a time; each has its key, so none is done twice.
// An act is over when it is answered: what the page asks for then may be done. The page may ask a moment before,
// for the node tells everybody what has happened: what is pressed by then waits for the answer, and is not lost.
import { ref } from 'vue';
import { asProblem, call, newKey } from '@/api';
import { problemLine } from '@/composables/useProblem';
import { t } from '@/i18n';
import { useNode } from '@/stores/node';
import { useNotices } from '@/stores/notices';
import { useQueue, type Visit } from '@/stores/queue';
import { useUndo } from '@/stores/undo';

export type Outcome = 'done' | 'consulted' | 'incomplete' | 'received_only';

type Said = 'done.called' | 'done.started' | 'done.missed' | 'done.held' | 'done.moved' | 'done.finished';
interface Act {
  name: string;
  id?: string; // of whom it is about
  send: (seat: string) => Promise<Visit>;
  said?: Said; // when it can be undone
}

export function useActs() {
  const queue = useQueue();
  const node = useNode();
  const notices = useNotices();
  const undo = useUndo();
  const busy = ref(false);

  let underWay: Act | null = null;
  let answered: Promise<unknown> = Promise.resolve(); // when the act under way is
  let waits = false; // one act may wait for it

  async function send(act: Act, seat: string): Promise<Visit | null> {
    underWay = act;
    busy.value = true;
    try {
      const visit = await act.send(seat);
      queue.take(visit);
      if (act.said) undo.offerRecord(t(act.said, { ticket: visit.ticket }), visit.id, queue.load);
      return visit;
    } catch (error) {
      queue.noteRefusal(error);
      if (!queue.lost) notices.fail(problemLine(asProblem(error)));
      return null;
    } finally {
      underWay = null;
      busy.value = false;
    }
  }

  // After the act under way, when it is still about the same person then; the same act twice is one.
  async function turnOf(act: Act): Promise<boolean> {
    if (waits || underWay?.name === act.name) return false;
    waits = true;
    await answered;
    waits = false;
    return !underWay && (!act.id || queue.current?.id === act.id);
  }

  async function perform(act: Act): Promise<Visit | null> {
    if (underWay && !(await turnOf(act))) return null;
    const seat = queue.seat?.seat;
    if (!seat || queue.lost || !node.canSave) return null;
    const sent = send(act, seat);
    answered = sent;
    const visit = await sent;
    await queue.load().catch(() => {});
    return visit;
  }

  function onCurrent(name: string, ask: (id: string, seat: string) => Promise<Visit>, said?: Said): Promise<Visit | null> {
    const id = queue.current?.id;
    return id === undefined ? Promise.resolve(null) : perform({ name, id, send: (seat) => ask(id, seat), ...(said ? { said } : {}) });
  }

  return {
    busy,
    callNext: (visit?: string) => perform({ name: 'call', said: 'done.called', send: (seat) => call('call_next', { body: { seat, ...(visit ? { visit } : {}) }, key: newKey() }) }),
    recall: () => onCurrent('recall', (id, seat) => call('recall', { path: { id }, body: { seat }, key: newKey() })),
    start: () => onCurrent('start', (id, seat) => call('start_visit', { path: { id }, body: { seat }, key: newKey() }), 'done.started'),
    miss: () => onCurrent('miss', (id, seat) => call('miss_visit', { path: { id }, body: { seat }, key: newKey() }), 'done.missed'),
    hold: (reason: string) => onCurrent('hold', (id, seat) => call('hold_visit', { path: { id }, body: { seat, reason }, key: newKey() }), 'done.held'),
    transfer: (to: number) => onCurrent('transfer', (id, seat) => call('transfer_visit', { path: { id }, body: { seat, to_window: to }, key: newKey() }), 'done.moved'),
    finish: (outcome: Outcome, rate: boolean) => onCurrent('finish', (id, seat) => call('finish_visit', { path: { id }, body: { seat, outcome, rate }, key: newKey() }), 'done.finished'),
    resume: (id: string) => perform({ name: 'resume', send: (seat) => call('resume_visit', { path: { id }, body: { seat }, key: newKey() }) }),
    giveBack: (id: string) => perform({ name: 'give_back', send: () => call('return_visit', { path: { id }, key: newKey() }) }),
  };
}
