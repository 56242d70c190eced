// The last act of this page that can be taken back, for 10 s (Alt+U).
import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import { call, newKey } from '@/api';
import { failureOf } from '@/composables/failure';
import { t } from '@/i18n';
import { useNotices } from './notices';

export const UNDO_MS = 10_000;
export interface Undoable { what: string; untilMs: number; takeBack: () => Promise<void> }

export const useUndo = defineStore('undo', () => {
  const last = ref<Undoable | null>(null);
  const nowMs = ref(Date.now());
  let timer: ReturnType<typeof setInterval> | undefined;

  const secondsLeft = computed(() => (last.value ? Math.max(0, Math.ceil((last.value.untilMs - nowMs.value) / 1000)) : 0));
  const offered = computed(() => secondsLeft.value > 0);

  function clear(): void {
    last.value = null;
    clearInterval(timer);
  }

  function tick(): void {
    nowMs.value = Date.now();
    if (!offered.value) clear();
  }

  function offer(what: string, takeBack: () => Promise<void>): void {
    clear();
    nowMs.value = Date.now();
    last.value = { what, untilMs: nowMs.value + UNDO_MS, takeBack };
    timer = setInterval(tick, 250);
  }

  // What was done last to a visit or an appointment: the node takes it back, while nothing came after it.
  function offerRecord(what: string, id: string, then: () => Promise<void>): void {
    const notices = useNotices();
    offer(what, async () => {
      try {
        await call('undo', { body: { id }, key: newKey() });
        notices.say(t('undo.done'));
      } catch (error) {
        notices.fail(failureOf(error));
      }
      await then().catch(() => {});
    });
  }

  async function act(): Promise<boolean> {
    tick();
    const undoable = last.value;
    if (!undoable) return false;
    clear();
    await undoable.takeBack();
    return true;
  }

  return { last, secondsLeft, offered, offer, offerRecord, act, clear };
});
