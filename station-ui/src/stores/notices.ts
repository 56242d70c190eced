// What is said once: a save (polite, 3 s), a failure (alert, until closed or followed by another).
import { defineStore } from 'pinia';
import { ref } from 'vue';
import type { Failure } from '@/composables/failure';

const SHOWN_MS = 3_000;
export interface Notice extends Failure { id: number; failed: boolean }

export const useNotices = defineStore('notices', () => {
  const notices = ref<Notice[]>([]);
  let last = 0;

  function close(id: number): void {
    notices.value = notices.value.filter((notice) => notice.id !== id);
  }

  function say(text: string): void {
    const id = ++last;
    notices.value = [...notices.value.filter((notice) => notice.failed), { id, text, failed: false }];
    setTimeout(close, SHOWN_MS, id);
  }

  function fail(what: string | Failure): number {
    const failure = typeof what === 'string' ? { text: what } : what;
    notices.value = [{ id: ++last, ...failure, failed: true }];
    return last;
  }

  return { notices, say, fail, close };
});
