import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { painted } from './usePainted';

describe('what may wait', () => {
  let frames: FrameRequestCallback[] = [];
  beforeEach(() => {
    vi.useFakeTimers();
    frames = [];
    vi.stubGlobal('requestAnimationFrame', (frame: FrameRequestCallback) => frames.push(frame));
  });
  afterEach(() => { vi.useRealTimers(); vi.unstubAllGlobals(); });

  it('waits for the frame that shows what was said, and for no more', async () => {
    const done = vi.fn();
    void painted().then(done);
    frames.shift()?.(0);
    await vi.advanceTimersByTimeAsync(0);
    expect(done).not.toHaveBeenCalled();
    frames.shift()?.(16);
    await vi.advanceTimersByTimeAsync(0);
    expect(done).toHaveBeenCalledOnce();
  });

  it('begins without a frame on a page that is not shown', async () => {
    const done = vi.fn();
    void painted().then(done);
    await vi.advanceTimersByTimeAsync(99);
    expect(done).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(done).toHaveBeenCalledOnce();
  });
});
