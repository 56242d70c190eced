import { afterEach, describe, expect, it, vi } from 'vitest';
import { tellEvent } from '@/spec/events';
import { NOW, Refusal, saysOfItself, serve, settled } from '@/spec/node';
import { useNode } from './node';

afterEach(() => { vi.useRealTimers(); });

describe('the node', () => {
  it('gives the time: the browser’s clock may be wrong', () => {
    saysOfItself();
    expect(Math.abs(useNode().nowMs - NOW)).toBeLessThan(1_000);
  });

  it('is gone after 10 s of silence, and back with the next word', () => {
    vi.useFakeTimers();
    const node = useNode();
    const stop = node.start();
    saysOfItself();
    vi.advanceTimersByTime(10_000);
    expect(node.gone).toBe(false);
    vi.advanceTimersByTime(1_000);
    expect(node.gone).toBe(true);
    expect(node.canSave).toBe(false);
    node.hear({ name: 'heartbeat', data: null });
    vi.advanceTimersByTime(1_000);
    expect(node.gone).toBe(false);
    stop();
  });

  it('cannot save while it says so, although it answers', () => {
    saysOfItself({ can_save: false });
    expect(useNode().canSave).toBe(false);
  });

  it('takes its state from the stream, and asks anew after a gap', async () => {
    const asked = serve({ 'GET /status': new Refusal(503, 'Busy') });
    const node = useNode();
    const stop = node.start();
    await settled();
    tellEvent('status', { now_ms: NOW, can_save: true, chip: { state: 'sending' } });
    expect(node.chip?.state).toBe('sending');
    const before = asked.length;
    tellEvent('reset');
    await settled();
    expect(asked.length).toBe(before + 1);
    stop();
  });

  it('tells when it was last heard, and does not look alive because the clock of the machine was set back', () => {
    vi.useFakeTimers();
    const node = useNode();
    const stop = node.start();
    saysOfItself();
    const heard = node.heardAtMs;
    vi.setSystemTime(Date.now() - 3_600_000);
    vi.advanceTimersByTime(11_000);
    expect(node.gone).toBe(true);
    expect(node.heardAtMs).toBe(heard);
    stop();
  });

  it('says what time it is there with each answer, and goes on from it', () => {
    vi.useFakeTimers();
    const node = useNode();
    const stop = node.start();
    node.keepTime(NOW + 60_000);
    expect(node.nowMs).toBe(NOW + 60_000);
    vi.advanceTimersByTime(2_000);
    expect(node.nowMs).toBe(NOW + 62_000);
    stop();
  });
});
