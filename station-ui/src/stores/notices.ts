// What is said once: a save (polite, 3 s), a failure (alert, until closed or followed by another).
import { defineStore } from 'pinia';
import { ref } from 'vue';

const SHOWN_MS = 3_000;
export interface Notice { id: number; text: string; failed: boolean }

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

  function fail(text: string): number {
    notices.value = [{ id: ++last, text, failed: true }];
    return last;
  }

  return { notices, say, fail, close };
});
