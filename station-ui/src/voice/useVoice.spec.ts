import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { mounted } from '@/spec/mounted';
import { useVoice } from './useVoice';

class Audio {
  static last: Audio;
  state = 'suspended';
  onstatechange: (() => void) | null = null;
  constructor() { Audio.last = this; }
  resume(): Promise<void> {
    this.state = 'running';
    return Promise.resolve();
  }
  close = vi.fn(() => Promise.resolve());
}
beforeEach(() => { vi.stubGlobal('AudioContext', Audio); });
afterEach(() => { vi.unstubAllGlobals(); });

describe('the voice of a page', () => {
  it('says that it cannot be heard, until somebody touches the screen', async () => {
    const { result, end } = mounted(useVoice);
    expect(result.blocked.value).toBe(true);
    dispatchEvent(new Event('pointerdown'));
    await vi.waitFor(() => expect(result.blocked.value).toBe(false));
    Audio.last.state = 'interrupted';
    Audio.last.onstatechange?.();
    expect(result.blocked.value).toBe(true);
    end();
    expect(Audio.last.close).toHaveBeenCalled();
  });

  it('is silent, and no more, where there is no Web Audio', () => {
    vi.unstubAllGlobals();
    const { result, end } = mounted(useVoice);
    expect(() => result.say({ clips: ['rate'] })).not.toThrow();
    end();
  });
});
