// The speaker of this page, from when it is shown until it goes.
import { onMounted, onScopeDispose, ref } from 'vue';
import { Speaker, type Saying } from './speaker';

export function useVoice() {
  const blocked = ref(false);
  let speaker: Speaker | null = null;

  async function wake(): Promise<void> {
    if (!speaker) return;
    await speaker.wake();
    blocked.value = speaker.blocked;
  }
  const touched = (): void => { if (blocked.value) void wake(); };

  onMounted(() => {
    if (!('AudioContext' in globalThis)) return;
    const audio = new AudioContext();
    const own = new Speaker(audio);
    speaker = own;
    blocked.value = own.blocked;
    audio.onstatechange = () => { blocked.value = own.blocked; };
    own.load().catch(() => {}); // then the chime alone is heard
    addEventListener('pointerdown', touched);
    addEventListener('keydown', touched);
  });
  onScopeDispose(() => {
    removeEventListener('pointerdown', touched);
    removeEventListener('keydown', touched);
    void speaker?.close();
    speaker = null;
  });

  const say = (saying: Saying): void => speaker?.say(saying);
  return { blocked, say };
}
