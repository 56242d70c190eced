import { describe, expect, it, vi } from 'vitest';
import { mounted } from '@/spec/mounted';
import { Refusal, bodyOf, serve } from '@/spec/node';
import { useDevice } from '@/stores/device';
import { usePairing } from './usePairing';

describe('pairing a device', () => {
  it('sends the eighth character by itself, and nothing before it', async () => {
    const asked = serve({ 'POST /device/pair': { device: '5f0c6d2a9b1e4f77', kind: 'display', name: '大厅', window: null, paired: true, seen_at_ms: null } });
    const pairing = mounted(usePairing).result;
    pairing.type('k7q');
    pairing.back();
    pairing.type('QM2XV');
    expect(asked.map((one) => one.path)).toEqual([]);
    pairing.type('A');
    await vi.waitFor(() => expect(useDevice().device?.kind).toBe('display'));
    expect(bodyOf(asked, '/device/pair')).toEqual({ code: 'K7QM2XVA' });
  });

  it('takes a wrong code back, and waits as long as the node says', async () => {
    vi.useFakeTimers();
    serve({ 'POST /device/pair': new Refusal(401, 'Denied', 'code', '', '', 2) });
    const pairing = mounted(usePairing).result;
    pairing.type('AAAAAAAA');
    await vi.advanceTimersByTimeAsync(0);
    expect(pairing.wrong.value).toBe('配对码不对、已用过或已超过 15 分钟。请让站长在“本站管理 · 设备”重新生成。');
    expect(pairing.code.value).toBe('');
    expect(pairing.waitS.value).toBe(2);
    pairing.type('B');
    expect(pairing.code.value).toBe('');
    await vi.advanceTimersByTimeAsync(2_000);
    pairing.type('B');
    expect(pairing.code.value).toBe('B');
    expect(pairing.wrong.value).toBe('');
    vi.useRealTimers();
  });

  it('says when the node gave no answer', async () => {
    const pairing = mounted(usePairing).result;
    pairing.type('AAAAAAAA');
    await vi.waitFor(() => expect(pairing.wrong.value).toBe('没有连上本站主机，请检查网线后再试。'));
  });
});
