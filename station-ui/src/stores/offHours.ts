// The off-hours appointments of one day, whatever window they are at: read page by page, kept until the next are here.
import { defineStore } from 'pinia';
import { ref } from 'vue';
import { call, type Answer } from '@/api';

export type OffHoursRow = Answer<'search_records'>['rows'][number];
const PAGE = 50;

export const useOffHours = defineStore('offHours', () => {
  const date = ref('');
  const rows = ref<OffHoursRow[]>([]);
  let turn = 0;

  async function load(day: string): Promise<void> {
    const mine = ++turn;
    if (day !== date.value) rows.value = [];
    date.value = day;
    const found: OffHoursRow[] = [];
    for (let after: string | null | undefined; after !== null;) {
      const page = await call('search_records', { body: { text: '', filter: 'all', from: day, to: day, limit: PAGE, ...(after ? { after } : {}) }, background: true });
      if (mine !== turn) return;
      found.push(...page.rows.filter((row) => row.period !== null && row.period !== 'regular'));
      after = page.next;
    }
    rows.value = found.sort((a, b) => a.window.localeCompare(b.window));
  }

  return { date, rows, load };
});
