// The last act of this page that can be taken back, for 10 s (Alt+U).
import { defineStore } from 'pinia';
import { computed, ref } from 'vue';

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

  async function act(): Promise<boolean> {
    tick();
    const undoable = last.value;
    if (!undoable) return false;
    clear();
    await undoable.takeBack();
    return true;
  }

  return { last, secondsLeft, offered, offer, act, clear };
});
