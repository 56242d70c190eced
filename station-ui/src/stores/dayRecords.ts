// The records of one day, as this node has them; kept in step with what changes anywhere.
import { defineStore } from 'pinia';
import { computed, ref, watch } from 'vue';
import { call, listen, type AppointmentRow } from '@/api';

const PAGE = 50;
const GATHER_MS = 150; // several changes in a row are one reading

export const FILTERS = ['all', 'to_check_in', 'pending', 'problems'] as const;
export type Filter = (typeof FILTERS)[number];

const KEPT: Record<Filter, (row: AppointmentRow) => boolean> = {
  all: () => true,
  to_check_in: (row) => row.life === 'confirmed' || row.life === 'rescheduled',
  pending: (row) => row.rung === 'saved',
  problems: (row) => row.life === 'disputed' || row.life === 'no_show',
};

export const useDayRecords = defineStore('dayRecords', () => {
  const date = ref('');
  const filter = ref<Filter>('all');
  const rows = ref<AppointmentRow[]>([]);
  const loading = ref(false);
  const shown = computed(() => rows.value.filter(KEPT[filter.value]));
  let turn = 0;

  // Keeps the old rows until the new ones are here; a later call wins.
  async function load(day: string, background = false): Promise<void> {
    const mine = ++turn;
    if (day !== date.value) rows.value = [];
    date.value = day;
    loading.value = true;
    try {
      const found: AppointmentRow[] = [];
      for (let after: string | null | undefined; after !== null;) {
        const page = await call('appointments', { query: { date: day, limit: PAGE, ...(after ? { after } : {}) }, background });
        if (mine !== turn) return;
        found.push(...page.appointments);
        after = page.next;
      }
      rows.value = found;
    } finally {
      if (mine === turn) loading.value = false;
    }
  }

  // Follows the node; gives the function that ends it. What changes while a day is being read is read after it:
  // a long list on a slow machine would otherwise begin anew again and again, and never be there.
  function follow(): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let missed = false;
    const read = (): void => {
      timer = undefined;
      missed = loading.value;
      if (!missed && date.value) void load(date.value, true).catch(() => {});
    };
    const again = (): void => { timer ??= setTimeout(read, GATHER_MS); };
    const stop = listen((event) => { if (['appointment', 'status', 'reset', 'open'].includes(event.name)) again(); });
    const unwatch = watch(loading, (on) => { if (!on && missed) again(); });
    return () => {
      clearTimeout(timer);
      unwatch();
      stop();
    };
  }

  return { date, filter, rows, shown, loading, load, follow };
});
