import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { mounted } from '@/spec/mounted';
import { Refusal, serve } from '@/spec/node';
import { useDevices, type Device } from './useDevices';

const SCREEN: Device = { device: '5f0c6d2a9b1e4f77', kind: 'display', name: '大厅', window: null, paired: false, seen_at_ms: null, silent: false };
let end = (): void => {};
function devices(): ReturnType<typeof useDevices> {
  const page = mounted(useDevices);
  end = page.end;
  return page.result;
}
beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => {
  end();
  vi.useRealTimers();
});

describe('the devices of the hall', () => {
  it('are added with a code that goes after its fifteen minutes', async () => {
    const asked = serve({ 'GET /devices': { devices: [SCREEN] }, 'POST /devices': { device: SCREEN, code: 'K7QM2XVA' } });
    const page = devices();
    expect(await page.add({ kind: 'display', name: '大厅' })).toBe(true);
    expect(asked.map((one) => one.path)).toHaveLength(3); // the list, the new one, and the list anew
    expect(page.shown.value?.code).toBe('K7QM2XVA');
    expect(page.minutesLeft.value).toBe(15);
    vi.advanceTimersByTime(14 * 60_000 + 1_000);
    expect(page.minutesLeft.value).toBe(1);
    vi.advanceTimersByTime(60_000);
    expect(page.shown.value).toBeNull();
  });

  it('hide a code that was used', async () => {
    let paired = false;
    serve({ 'GET /devices': () => ({ devices: [{ ...SCREEN, paired }] }), 'POST /devices': { device: SCREEN, code: 'K7QM2XVA' } });
    const page = devices();
    await page.add({ kind: 'display', name: '大厅' });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(page.shown.value?.code).toBe('K7QM2XVA');
    paired = true;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(page.shown.value).toBeNull();
    expect(page.list.value?.devices[0]?.paired).toBe(true);
  });

  it('are removed with a second press only', async () => {
    const asked = serve({ 'GET /devices': { devices: [] }, [`POST /devices/${SCREEN.device}/remove`]: {} });
    const page = devices();
    await page.remove(SCREEN);
    expect(asked.map((one) => one.path)).toEqual(['/devices']);
    expect(page.asked.value).toBe(SCREEN.device);
    await page.remove(SCREEN);
    expect(asked.map((one) => one.path)).toContain(`/devices/${SCREEN.device}/remove`);
    expect(page.asked.value).toBe('');
  });

  it('say what the node refused', async () => {
    serve({ 'GET /devices': { devices: [] }, 'POST /devices': new Refusal(409, 'LimitExceeded', 'devices', '请先移除不用的', '设备太多', 0) });
    const page = devices();
    expect(await page.add({ kind: 'display', name: '大厅' })).toBe(false);
    expect(page.wrong.value?.text).toContain('设备太多');
    expect(page.shown.value).toBeNull();
  });
});
