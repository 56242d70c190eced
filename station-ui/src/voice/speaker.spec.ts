import { beforeEach, describe, expect, it, vi } from 'vitest';
import { callClips } from './sentence';
import { Speaker } from './speaker';

interface Start { at: number; begin: number; length: number }

// As much of Web Audio as the speaker uses; it notes what would be heard, and when.
class Audio {
  state = 'running';
  currentTime = 10;
  destination = {};
  starts: Start[] = [];
  rings: number[] = [];
  volumes: { value: number }[] = [];
  decodeAudioData = vi.fn(() => Promise.resolve({}));
  private readonly node = { connect: (to: unknown) => to };
  createGain() {
    const gain = { value: 1, setValueAtTime() {}, exponentialRampToValueAtTime() {} };
    this.volumes.push(gain);
    return { ...this.node, gain };
  }
  createOscillator() {
    return { ...this.node, frequency: { value: 0 }, start: (at: number) => this.rings.push(at), stop() {} };
  }
  createBufferSource() {
    return { ...this.node, buffer: null, start: (at: number, begin: number, length: number) => this.starts.push({ at, begin, length }) };
  }
}

let audio: Audio;
let speaker: Speaker;
beforeEach(() => {
  audio = new Audio();
  speaker = new Speaker(audio as unknown as AudioContext);
  vi.stubGlobal('fetch', vi.fn(() => Promise.resolve(new Response(new ArrayBuffer(8)))));
});

describe('the speaker', () => {
  it('chimes, then says the call twice, clip after clip', async () => {
    await speaker.load();
    const clips = callClips('A013', 2);
    speaker.say({ clips, times: 2 });
    expect(audio.rings).toHaveLength(2);
    expect(audio.starts).toHaveLength(2 * clips.length);
    const [first] = audio.starts;
    expect(first?.at).toBeGreaterThan(audio.rings[1] ?? 0);
    for (let at = 1; at < clips.length; at += 1) {
      const before = audio.starts[at - 1] as Start;
      expect(audio.starts[at]?.at).toBeCloseTo(before.at + before.length, 5);
    }
  });

  it('lets one sentence end before the next begins, and shortens when calls pile up', async () => {
    await speaker.load();
    const clips = callClips('A013', 2);
    speaker.say({ clips, times: 2 });
    const end = audio.starts.at(-1) as Start;
    speaker.say({ clips, times: 2 });
    expect(audio.starts[2 * clips.length]?.at).toBeGreaterThan(end.at + end.length);
    for (let times = 0; times < 4; times += 1) speaker.say({ clips, times: 2 });
    const before = audio.starts.length;
    speaker.say({ clips, times: 2 });
    expect(audio.starts.length - before).toBe(clips.length);
  });

  it('chimes alone without its clips', () => {
    speaker.say({ clips: callClips('A013', 2), times: 2 });
    expect(audio.rings).toHaveLength(2);
    expect(audio.starts).toHaveLength(0);
  });

  it('keeps nothing for later while it cannot be heard', async () => {
    await speaker.load();
    audio.state = 'suspended';
    speaker.say({ clips: callClips('A013', 2) });
    expect(speaker.blocked).toBe(true);
    expect(audio.rings).toHaveLength(0);
  });

  it('can speak low and without a chime', async () => {
    await speaker.load();
    speaker.say({ clips: ['rate'], volume: 0.3, chime: false });
    expect(audio.rings).toHaveLength(0);
    expect(audio.volumes[0]?.value).toBe(0.3);
  });
});
