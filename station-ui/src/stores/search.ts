// One person or number among all records: searched while typing, answered by the node's own index.
import { defineStore } from 'pinia';
import { ref } from 'vue';
import { call, type Answer } from '@/api';

const SHOWN_MAX = 50;

export const useSearch = defineStore('search', () => {
  const text = ref('');
  const rows = ref<Answer<'search_records'>['rows']>([]);
  const total = ref<number | null>(null);
  let asked = 0;

  // Answers come back in any order; only that of the newest question is shown.
  async function find(): Promise<void> {
    const mine = ++asked;
    const wanted = text.value.trim();
    if (wanted === '') {
      rows.value = [];
      total.value = null;
      return;
    }
    const page = await call('search_records', { body: { text: wanted, filter: 'all', limit: SHOWN_MAX } });
    if (mine !== asked) return;
    rows.value = page.rows;
    total.value = page.total;
  }

  return { text, rows, total, find };
});
