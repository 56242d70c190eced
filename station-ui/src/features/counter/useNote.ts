// The note about the person at the window: saved while one types, and before anything is done with the person.
// What is not saved yet stays with the page, whatever else it shows meanwhile.
import { computed, onScopeDispose } from 'vue';
import { call, newKey } from '@/api';
import { failureOf } from '@/composables/failure';
import { useNode } from '@/stores/node';
import { useNotices } from '@/stores/notices';
import { useQueue } from '@/stores/queue';

const PAUSE_MS = 1_500;

export function useNote() {
  const queue = useQueue();
  const node = useNode();
  const notices = useNotices();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let sending: { text: string; done: Promise<boolean> } | null = null;

  const text = computed({
    get: () => queue.notes[queue.current?.id ?? ''] ?? queue.current?.note ?? '',
    set: (value) => {
      const id = queue.current?.id;
      if (id === undefined) return;
      queue.notes = { ...queue.notes, [id]: value };
      clearTimeout(timer);
      timer = setTimeout(() => void save(), PAUSE_MS);
    },
  });

  function settle(id: string, saved: string): void {
    if (queue.notes[id] === saved) queue.notes = Object.fromEntries(Object.entries(queue.notes).filter(([each]) => each !== id));
    if (queue.queue?.current?.id === id) queue.queue.current.note = saved === '' ? null : saved;
  }

  async function send(id: string, typed: string): Promise<boolean> {
    try {
      await call('edit_visit', { path: { id }, body: { note: typed === '' ? null : typed }, key: newKey() });
      settle(id, typed);
      return true;
    } catch (error) {
      notices.fail(failureOf(error));
      return false;
    } finally {
      sending = null;
    }
  }

  // False when something typed could not be saved: then nothing else may happen that would lose it.
  async function save(): Promise<boolean> {
    clearTimeout(timer);
    const visit = queue.current;
    const typed = visit ? queue.notes[visit.id] : undefined;
    if (!visit || typed === undefined) return true;
    if (typed === (visit.note ?? '')) {
      settle(visit.id, typed);
      return true;
    }
    if (!node.canSave) return false;
    if (sending?.text !== typed) sending = { text: typed, done: send(visit.id, typed) };
    return sending.done;
  }
  onScopeDispose(() => void save());
  return { text, save };
}
