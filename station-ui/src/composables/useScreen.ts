// What a screen of the hall shows: read at once whenever the node says that the queue changed, and now and
// then for what time alone changes. The old value stays until the new one is here.
import { onMounted, onScopeDispose, shallowRef } from 'vue';
import { asProblem, listen, type EventName } from '@/api';
import { useDevice } from '@/stores/device';
import { useNode } from '@/stores/node';

const EVENTS: EventName[] = ['queue', 'window', 'reset', 'open'];
const AGAIN_MS = 10_000;

export function useScreen<T extends { now_ms: number }>(read: () => Promise<T>) {
  const node = useNode();
  const device = useDevice();
  const value = shallowRef<T | null>(null);
  let reading = false;
  let missed = false; // something changed while the last read was under way
  let ends: (() => void)[] = [];

  async function once(): Promise<void> {
    try {
      value.value = await read();
      node.keepTime(value.value.now_ms);
    } catch (error) {
      await device.refused(asProblem(error));
    }
  }

  async function load(): Promise<void> {
    missed = true;
    if (reading) return;
    reading = true;
    while (missed) {
      missed = false;
      await once();
    }
    reading = false;
  }

  onMounted(() => {
    void load();
    const timer = setInterval(() => void load(), AGAIN_MS);
    ends = [listen((event) => { if (EVENTS.includes(event.name)) void load(); }), () => clearInterval(timer)];
  });
  onScopeDispose(() => ends.forEach((end) => end()));
  return { value, load };
}
