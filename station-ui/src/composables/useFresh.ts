// What a page reads from the node: loaded at once, again when the node says that something changed, and
// the old value is kept until the new one is here.
import { onMounted, onScopeDispose, ref, shallowRef } from 'vue';
import { listen, type EventName } from '@/api';
import { failureOf, type Failure } from './failure';

const GATHER_MS = 300;

export function useFresh<T>(read: () => Promise<T>, events: EventName[] = ['status', 'reset', 'open']) {
  const value = shallowRef<T | null>(null);
  const failure = ref<Failure | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stop = (): void => {};
  let asked = 0;
  let shown = 0; // the newest question whose answer is shown

  // Answers come back in any order: an older one never takes the place of a newer.
  async function load(): Promise<void> {
    const mine = ++asked;
    try {
      const found = await read();
      if (mine < shown) return;
      shown = mine;
      value.value = found;
      failure.value = null;
    } catch (error) {
      if (mine > shown) failure.value = failureOf(error);
    }
  }
  onMounted(() => {
    void load();
    stop = listen((event) => {
      if (!events.includes(event.name)) return;
      timer ??= setTimeout(() => { timer = undefined; void load(); }, GATHER_MS);
    });
  });
  onScopeDispose(() => {
    clearTimeout(timer);
    stop();
  });
  return { value, failure, load };
}
