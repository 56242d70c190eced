import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { mounted } from '@/spec/mounted';
import { serve, type Asked } from '@/spec/node';
import { useSession } from '@/stores/session';
import { useIdleLock } from './useIdleLock';

const WHO = { csrf: 'token', staff: 'wangmin', display_name: '王敏', role: 'clerk', locked: false, expires_in_s: 28_800 };
const SIGN_IN = '/sign-in';
const LOCK = '/sign-in/lock';
const policy = (minutes: number) => ({ values: [{ key: 'station.idle_lock_min', value: String(minutes) }] });
let end = (): void => {};
beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => {
  end();
  vi.useRealTimers();
});
async function open(minutes: number): Promise<Asked[]> {
  const asked = serve({ [`POST ${SIGN_IN}`]: WHO, [`GET ${SIGN_IN}`]: WHO, [`POST ${LOCK}`]: null, 'GET /policy': policy(minutes) });
  await useSession().signIn('wangmin', '270418');
  ({ end } = mounted(useIdleLock));
  await vi.advanceTimersByTimeAsync(0);
  return asked;
}
const times = (asked: Asked[], path: string): number => asked.filter((each) => each.path === path).length;

describe('the idle lock', () => {
  it('locks after the minutes of the policy without a touch, and tells the node', async () => {
    const asked = await open(2);
    await vi.advanceTimersByTimeAsync(119_000);
    expect(useSession().locked).toBe(false);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(useSession().locked).toBe(true);
    expect(times(asked, LOCK)).toBe(1);
  });

  it('is put off by every touch, of which the node hears at most once a minute', async () => {
    const asked = await open(2);
    for (let second = 0; second < 300; second += 10) {
      window.dispatchEvent(new KeyboardEvent('keydown'));
      await vi.advanceTimersByTimeAsync(10_000);
    }
    expect(useSession().locked).toBe(false);
    expect(times(asked, SIGN_IN)).toBe(1 + 4); // the sign-in itself, then each full minute
  });

  it('begins anew when the screen is opened again, and ends with the page', async () => {
    const asked = await open(2);
    await vi.advanceTimersByTimeAsync(125_000);
    await useSession().signIn('wangmin', '270418');
    await vi.advanceTimersByTimeAsync(100_000);
    expect(useSession().locked).toBe(false);
    end();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(times(asked, LOCK)).toBe(1);
  });
});
