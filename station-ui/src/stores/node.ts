// What this node says of itself, and whether it still answers. The browser adds nothing up.
// Times of this page count from its start: a step of the machine's clock must not make a dead screen look alive.
import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import { asProblem, call, listen, type NodeEvent, type Status } from '@/api';
import type { Chip } from './chip';

const GONE_MS = 10_000;

export const useNode = defineStore('node', () => {
  const status = ref<Status | null>(null);
  const heardMs = ref(performance.now());
  const tickMs = ref(performance.now());
  // Node time minus page time: what is shown as "now" is the node's.
  const skewMs = ref(Date.now() - performance.now());

  const nowMs = computed(() => tickMs.value + skewMs.value);
  const heardAtMs = computed(() => heardMs.value + skewMs.value);
  const gone = computed(() => tickMs.value - heardMs.value > GONE_MS);
  const canSave = computed(() => !gone.value && status.value?.can_save !== false);
  const chip = computed<Chip | null>(() => status.value?.chip ?? null);

  // An answer that came just now says what time it is there.
  function keepTime(thereMs: number): void {
    heardMs.value = performance.now();
    tickMs.value = heardMs.value;
    skewMs.value = thereMs - heardMs.value;
  }

  function take(value: Status): void {
    status.value = value;
    keepTime(value.now_ms);
  }

  async function load(): Promise<void> {
    try {
      take(await call('status', { background: true }));
    } catch (error) {
      if (asProblem(error).status !== 0) heardMs.value = performance.now();
    }
  }

  function hear(event: NodeEvent): void {
    heardMs.value = performance.now();
    if (event.name === 'status') take(event.data as Status);
    if (event.name === 'reset' || event.name === 'open') void load();
  }

  // Starts the clock and the events; gives the function that stops both.
  function start(): () => void {
    void load();
    const stop = listen(hear);
    const timer = setInterval(() => { tickMs.value = performance.now(); }, 1000);
    return () => {
      stop();
      clearInterval(timer);
    };
  }

  return { status, nowMs, heardAtMs, gone, canSave, chip, take, keepTime, load, hear, start };
});
