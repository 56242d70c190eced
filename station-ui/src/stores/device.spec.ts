import { describe, expect, it, vi } from 'vitest';
import { Problem } from '@/api';
import { Refusal, bodyOf, serve } from '@/spec/node';
import { useDevice } from './device';

const TABLET = { device: '5f0c6d2a9b1e4f77', kind: 'eval', name: '2号窗口评价', window: 2, paired: true, seen_at_ms: null };

describe('the device that this browser is', () => {
  it('is not known before the node has answered, and stays what it was without an answer', async () => {
    const device = useDevice();
    await device.load();
    expect(device.known).toBe(false);
    serve({ 'GET /device': TABLET });
    await device.load();
    expect(device.device?.window).toBe(2);
    vi.stubGlobal('fetch', vi.fn(() => Promise.reject(new TypeError('gone'))));
    await device.load();
    expect(device.device?.window).toBe(2);
  });

  it('is none when the node does not know it, or no longer does', async () => {
    const device = useDevice();
    serve({ 'GET /device': TABLET });
    await device.load();
    serve({ 'GET /device': new Refusal(401, 'Denied', 'yz_sid') });
    await device.refused(new Problem(429, 'Throttled', '', '', '', 1));
    expect(device.device).not.toBeNull();
    await device.refused(new Problem(401, 'Denied', 'yz_sid', '', '', 0));
    expect(device.known).toBe(true);
    expect(device.device).toBeNull();
  });

  it('becomes one with a code', async () => {
    const device = useDevice();
    const asked = serve({ 'POST /device/pair': TABLET });
    await device.pair('K7QM2XVA');
    expect(device.device?.kind).toBe('eval');
    expect(bodyOf(asked, '/device/pair')).toEqual({ code: 'K7QM2XVA' });
  });
});
