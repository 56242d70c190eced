// One act at a time: busy while it is under way, and why it failed, as staff read it.
import { ref } from 'vue';
import { failureOf, type Failure } from './failure';

export function useAttempt() {
  const busy = ref(false);
  const failure = ref<Failure | null>(null);

  // True when it was done; a second press meanwhile is none.
  async function attempt(work: () => Promise<void>): Promise<boolean> {
    if (busy.value) return false;
    busy.value = true;
    failure.value = null;
    try {
      await work();
      return true;
    } catch (error) {
      failure.value = failureOf(error);
      return false;
    } finally {
      busy.value = false;
    }
  }

  return { busy, failure, attempt };
}
