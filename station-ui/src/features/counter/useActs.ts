// What the clerk does with the person at the window. One act at a time; each has its key, so none is done twice.
// An act is over when it is answered: what the page asks for then may be done.
import { ref } from 'vue';
import { asProblem, call, newKey } from '@/api';
import { problemLine } from '@/composables/useProblem';
import { t } from '@/i18n';
import { useNode } from '@/stores/node';
import { useNotices } from '@/stores/notices';
import { useQueue, type Visit } from '@/stores/queue';
import { useUndo } from '@/stores/undo';

export type Outcome = 'done' | 'consulted' | 'incomplete' | 'received_only';

export function useActs() {
  const queue = useQueue();
  const node = useNode();
  const notices = useNotices();
  const undo = useUndo();
  const busy = ref(false);

  async function act(send: (seat: string) => Promise<Visit>, what?: (visit: Visit) => string): Promise<Visit | null> {
    const seat = queue.seat?.seat;
    if (busy.value || !seat || queue.lost || !node.canSave) return null;
    busy.value = true;
    try {
      const visit = await send(seat);
      queue.take(visit);
      if (what) undo.offerRecord(what(visit), visit.id, queue.load);
      return visit;
    } catch (error) {
      queue.noteRefusal(error);
      if (!queue.lost) notices.fail(problemLine(asProblem(error)));
      return null;
    } finally {
      busy.value = false;
      await queue.load().catch(() => {});
    }
  }

  const onCurrent = (send: (id: string, seat: string) => Promise<Visit>, what?: (visit: Visit) => string): Promise<Visit | null> => {
    const id = queue.current?.id;
    return id === undefined ? Promise.resolve(null) : act((seat) => send(id, seat), what);
  };
  const said = (key: 'done.called' | 'done.started' | 'done.missed' | 'done.held' | 'done.moved' | 'done.finished') => (visit: Visit): string => t(key, { ticket: visit.ticket });

  return {
    busy,
    callNext: (visit?: string) => act((seat) => call('call_next', { body: { seat, ...(visit ? { visit } : {}) }, key: newKey() }), said('done.called')),
    recall: () => onCurrent((id, seat) => call('recall', { path: { id }, body: { seat }, key: newKey() })),
    start: () => onCurrent((id, seat) => call('start_visit', { path: { id }, body: { seat }, key: newKey() }), said('done.started')),
    miss: () => onCurrent((id, seat) => call('miss_visit', { path: { id }, body: { seat }, key: newKey() }), said('done.missed')),
    hold: (reason: string) => onCurrent((id, seat) => call('hold_visit', { path: { id }, body: { seat, reason }, key: newKey() }), said('done.held')),
    transfer: (to: number) => onCurrent((id, seat) => call('transfer_visit', { path: { id }, body: { seat, to_window: to }, key: newKey() }), said('done.moved')),
    finish: (outcome: Outcome, rate: boolean) => onCurrent((id, seat) => call('finish_visit', { path: { id }, body: { seat, outcome, rate }, key: newKey() }), said('done.finished')),
    resume: (id: string) => act((seat) => call('resume_visit', { path: { id }, body: { seat }, key: newKey() })),
    giveBack: (id: string) => act(() => call('return_visit', { path: { id }, key: newKey() })),
  };
}
