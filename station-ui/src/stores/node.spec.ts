import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useNode } from './node';

beforeEach(() => { vi.useFakeTimers({ now: Date.UTC(2026, 2, 5, 2, 42) }); });
afterEach(() => { vi.useRealTimers(); });

describe('the node as a page sees it', () => {
  it('is gone after ten silent seconds, and tells when it was last heard', () => {
    const node = useNode();
    const stop = node.start();
    node.hear({ name: 'heartbeat', data: null });
    const heard = node.heardAtMs;
    vi.advanceTimersByTime(10_000);
    expect(node.gone).toBe(false);
    vi.advanceTimersByTime(1_000);
    expect(node.gone).toBe(true);
    expect(node.heardAtMs).toBe(heard);
    node.hear({ name: 'heartbeat', data: null });
    expect(node.gone).toBe(false);
    stop();
  });

  it('does not look alive because the clock of the machine was set back', () => {
    const node = useNode();
    const stop = node.start();
    node.hear({ name: 'heartbeat', data: null });
    vi.setSystemTime(Date.UTC(2026, 2, 5, 1, 0));
    vi.advanceTimersByTime(11_000);
    expect(node.gone).toBe(true);
    stop();
  });

  it('shows the time of the node, and goes on from it', () => {
    const node = useNode();
    const stop = node.start();
    node.keepTime(Date.UTC(2026, 2, 5, 3, 0));
    vi.advanceTimersByTime(2_000);
    expect(node.nowMs).toBe(Date.UTC(2026, 2, 5, 3, 0) + 2_000);
    stop();
  });
});
