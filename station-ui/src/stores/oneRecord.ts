// One record, unmasked, with its history; and what a person does to it. Each act is one intention, over when
// the node has saved it: what it changed is then read `again`.
import { defineStore } from 'pinia';
import { ref } from 'vue';
import { call, newKey, type Appointment, type HistoryRow, type Schemas } from '@/api';

export type CancelReason = Schemas['CancelReason'];

export const useOneRecord = defineStore('oneRecord', () => {
  const record = ref<Appointment | null>(null);
  const history = ref<HistoryRow[]>([]);
  let asked = 0;

  // Of two that are opened one after the other only the second is shown, whichever answer comes first.
  async function open(id: string, background = false): Promise<void> {
    const mine = ++asked;
    const [found, changes] = await Promise.all([call('appointment', { path: { id }, background }), call('history', { path: { id }, background })]);
    if (mine !== asked) return;
    record.value = found;
    history.value = changes.history;
  }

  function close(): void {
    asked += 1;
    record.value = null;
    history.value = [];
  }

  const again = (id: string): Promise<void> => open(id, true);

  async function checkIn(id: string): Promise<void> {
    await call('check_in', { path: { id }, key: newKey() });
  }
  async function finish(id: string): Promise<void> {
    await call('finish', { path: { id }, key: newKey() });
  }
  async function cancel(id: string, reason: CancelReason): Promise<void> {
    await call('cancel', { path: { id }, body: { reason }, key: newKey() });
  }
  async function reschedule(id: string, date: string, window: string): Promise<void> {
    await call('reschedule', { path: { id }, body: { date, window }, key: newKey() });
  }
  // Keeps one of two values that were written at the same time.
  async function keepPhone(value: string): Promise<void> {
    const now = record.value;
    if (!now) return;
    await call('edit', { path: { id: now.id }, body: { phone: value }, match: now.revision, key: newKey() });
  }

  return { record, history, open, again, close, checkIn, finish, cancel, reschedule, keepPhone };
});
