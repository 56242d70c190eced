import { effectScope } from 'vue';
import { afterEach, expect, it, vi } from 'vitest';
import { useWait } from './useWait';

afterEach(() => { vi.useRealTimers(); });

it('the wait after wrong tries counts down to nothing, and a new one begins anew', () => {
  vi.useFakeTimers();
  const scope = effectScope();
  scope.run(() => {
    const wait = useWait();
    wait.start(0);
    expect(wait.seconds.value).toBe(0);
    wait.start(4);
    vi.advanceTimersByTime(3_000);
    expect(wait.seconds.value).toBe(1);
    wait.start(8);
    vi.advanceTimersByTime(8_000);
    expect(wait.seconds.value).toBe(0);
    vi.advanceTimersByTime(60_000);
    expect(wait.seconds.value).toBe(0);
  });
  scope.stop();
});
