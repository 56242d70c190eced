import { afterEach, describe, expect, it, vi } from 'vitest';
import { useUndo } from './undo';

afterEach(() => { vi.useRealTimers(); });

describe('undo', () => {
  it('is offered for 10 s, once', async () => {
    vi.useFakeTimers();
    const takeBack = vi.fn(() => Promise.resolve());
    const undo = useUndo();
    undo.offer('A013', takeBack);
    expect(undo.secondsLeft).toBe(10);
    vi.advanceTimersByTime(9_500);
    expect(undo.offered).toBe(true);
    expect(await undo.act()).toBe(true);
    expect(await undo.act()).toBe(false);
    expect(takeBack).toHaveBeenCalledOnce();
    undo.offer('A014', takeBack);
    vi.advanceTimersByTime(10_250);
    expect(undo.offered).toBe(false);
    expect(await undo.act()).toBe(false);
  });
});
