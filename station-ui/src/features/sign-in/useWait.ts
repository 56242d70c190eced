// The wait after wrong tries, counted down in whole seconds.
import { onScopeDispose, ref } from 'vue';

export function useWait() {
  const seconds = ref(0);
  let timer: ReturnType<typeof setInterval> | undefined;
  const stop = (): void => clearInterval(timer);

  function start(wanted: number): void {
    stop();
    seconds.value = wanted;
    if (wanted > 0) timer = setInterval(() => { if (--seconds.value <= 0) stop(); }, 1000);
  }
  onScopeDispose(stop);
  return { seconds, start };
}
