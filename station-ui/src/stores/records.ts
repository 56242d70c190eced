// Appointments and visits as lists: a filter, a search, and one open record with its changes.
import { defineStore } from 'pinia';
import { ref } from 'vue';
import { call, type Answer, type Appointment, type Ask, type HistoryRow } from '@/api';

export type RecordRow = Answer<'search_records'>['rows'][number];
export type RecordFilter = NonNullable<NonNullable<Ask<'search_records'>['body']>['filter']>;
export const FILTERS: RecordFilter[] = ['today', 'to_check_in', 'waitlist', 'pending', 'problems', 'all'];
const PAGE = 50;

export const useRecords = defineStore('records', () => {
  const rows = ref<RecordRow[]>([]);
  const total = ref<number | null>(null);
  const next = ref<string | null>(null);
  const filter = ref<RecordFilter>('today');
  const text = ref('');
  const open = ref<Appointment | null>(null);
  const history = ref<HistoryRow[]>([]);
  let asked = 0;

  const wish = (after?: string) => ({ filter: filter.value, text: text.value.trim(), limit: PAGE, ...(after ? { after } : {}) });

  // Answers come back in any order; only that of the newest question is shown.
  async function load(background = false): Promise<void> {
    const mine = ++asked;
    const page = await call('search_records', { body: wish(), background });
    if (mine !== asked) return;
    rows.value = page.rows;
    total.value = page.total;
    next.value = page.next;
  }

  async function more(): Promise<void> {
    if (next.value === null) return;
    const mine = asked;
    const page = await call('search_records', { body: wish(next.value) });
    if (mine !== asked) return;
    rows.value = [...rows.value, ...page.rows];
    next.value = page.next;
  }

  async function show(id: string, background = false): Promise<void> {
    const [record, changes] = await Promise.all([
      call('appointment', { path: { id }, background }), call('history', { path: { id }, background }),
    ]);
    open.value = record;
    history.value = changes.history;
  }

  const close = (): void => { open.value = null; };
  return { rows, total, next, filter, text, open, history, load, more, show, close };
});
