// The voice of the hall: a chime, then a sentence out of clips that come with these pages. Sentences wait for
// one another. Without the clips the chime alone is heard; without sound at all `blocked` says so.
//
// Web Audio, because it places clips to the sample; speech of the browser is no way: Debian's Chromium
// has no Chinese voice when it is offline.
import { bytesOf } from '@/api';
import clips from './clips.json';
import type { Clip } from './sentence';
import sprite from './zh.ogg?url';

const LEAD_S = 0.05;
const CHIME: [number, number][] = [[784, 0], [587, 0.45]]; // hertz, and when
const CHIME_S = 1.3;
const BETWEEN_S = 0.7;
const BEHIND_S = 15; // so far behind, each sentence is said once only

export interface Saying { clips: Clip[]; times?: number; volume?: number; chime?: boolean }

export class Speaker {
  private freeAtS = 0;
  private voice: AudioBuffer | null = null;

  constructor(private readonly audio: AudioContext) {}

  async load(): Promise<void> {
    this.voice = await this.audio.decodeAudioData(await bytesOf(sprite));
  }

  // A browser lets a page be heard only after somebody has touched it, or when it is told to at its start.
  get blocked(): boolean { return this.audio.state !== 'running'; }
  wake(): Promise<void> { return this.audio.resume(); }
  close(): Promise<void> { return this.audio.close(); }

  // Nothing is kept for later when nothing can be heard now: a call is over after a while.
  say({ clips: wanted, times = 1, volume = 1, chime = true }: Saying): void {
    if (this.blocked) return;
    const now = this.audio.currentTime;
    let at = Math.max(now + LEAD_S, this.freeAtS);
    const repeat = at - now > BEHIND_S ? 1 : times;
    const out = this.volume(volume);
    if (chime) {
      this.ring(out, at);
      at += CHIME_S;
    }
    for (let time = 0; time < repeat && this.voice; time += 1) {
      for (const clip of wanted) at = this.play(this.voice, clip, out, at);
      at += BETWEEN_S;
    }
    this.freeAtS = at;
  }

  private volume(value: number): GainNode {
    const gain = this.audio.createGain();
    gain.gain.value = value;
    gain.connect(this.audio.destination);
    return gain;
  }

  private play(voice: AudioBuffer, clip: Clip, out: AudioNode, at: number): number {
    const [begin = 0, length = 0] = clips[clip];
    const source = this.audio.createBufferSource();
    source.buffer = voice;
    source.connect(out);
    source.start(at, begin, length);
    return at + length;
  }

  private ring(out: AudioNode, at: number): void {
    for (const [hertz, after] of CHIME) {
      const tone = this.audio.createOscillator();
      const fade = this.audio.createGain();
      tone.frequency.value = hertz;
      fade.gain.setValueAtTime(0.4, at + after);
      fade.gain.exponentialRampToValueAtTime(0.001, at + after + 0.8);
      tone.connect(fade).connect(out);
      tone.start(at + after);
      tone.stop(at + after + 0.8);
    }
  }
}
