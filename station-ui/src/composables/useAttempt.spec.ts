import { describe, expect, it, vi } from 'vitest';
import { Problem } from '@/api';
import { useAttempt } from './useAttempt';

describe('an attempt', () => {
  it('is made once for two presses', async () => {
    const { busy, attempt } = useAttempt();
    let end = (): void => {};
    const work = vi.fn(() => new Promise<void>((done) => { end = done; }));
    const first = attempt(work);
    expect(busy.value).toBe(true);
    expect(await attempt(work)).toBe(false);
    end();
    expect([await first, busy.value, work.mock.calls.length]).toEqual([true, false, 1]);
  });

  it('that failed says why, until the next', async () => {
    const { busy, failure, attempt } = useAttempt();
    expect(await attempt(() => Promise.reject(new Problem(409, 'Conflict', 'number', '窗口号已用', '请换一个号。', 0)))).toBe(false);
    expect([failure.value?.text, busy.value]).toEqual(['窗口号已用。请换一个号。（Conflict）', false]);
    expect(await attempt(() => Promise.resolve())).toBe(true);
    expect(failure.value).toBeNull();
  });

  it('without an answer claims nothing', async () => {
    const { failure, attempt } = useAttempt();
    await attempt(() => Promise.reject(new TypeError('gone')));
    expect(failure.value?.text).toContain('NET-02');
  });
});
