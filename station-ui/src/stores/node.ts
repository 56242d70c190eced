// What this node says of itself, and whether it still answers. The browser adds nothing up.
import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import { asProblem, call, listen, type NodeEvent, type Status } from '@/api';
import type { Chip } from './chip';

const GONE_MS = 10_000;

export const useNode = defineStore('node', () => {
  const status = ref<Status | null>(null);
  const heardMs = ref(Date.now());
  const tickMs = ref(Date.now());
  // Node time minus browser time: what is shown as "now" is the node's.
  const skewMs = ref(0);

  const nowMs = computed(() => tickMs.value + skewMs.value);
  const gone = computed(() => tickMs.value - heardMs.value > GONE_MS);
  const canSave = computed(() => !gone.value && status.value?.can_save !== false);
  const chip = computed<Chip | null>(() => status.value?.chip ?? null);

  function take(value: Status): void {
    status.value = value;
    heardMs.value = Date.now();
    skewMs.value = value.now_ms - Date.now();
  }

  async function load(): Promise<void> {
    try {
      take(await call('status', { background: true }));
    } catch (error) {
      if (asProblem(error).status !== 0) heardMs.value = Date.now();
    }
  }

  function hear(event: NodeEvent): void {
    heardMs.value = Date.now();
    if (event.name === 'status') take(event.data as Status);
    if (event.name === 'reset' || event.name === 'open') void load();
  }

  // Starts the clock and the events; gives the function that stops both.
  function start(): () => void {
    void load();
    const stop = listen(hear);
    const timer = setInterval(() => { tickMs.value = Date.now(); }, 1000);
    return () => {
      stop();
      clearInterval(timer);
    };
  }

  return { status, nowMs, gone, canSave, chip, take, load, hear, start };
});
