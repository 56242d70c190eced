// The devices of the hall, as the lead sees them: added with a code that is shown once, and removed.
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue';
import { call, type Answer, type Ask } from '@/api';
import { useAttempt } from '@/composables/useAttempt';
import { useFresh } from '@/composables/useFresh';

export type Device = Answer<'devices'>['devices'][number];
export type NewDevice = NonNullable<Ask<'add_device'>['body']>;
const CODE_MS = 15 * 60_000; // as long as the node takes the code
const LOOK_MS = 5_000; // whether the device is paired by now

export function useDevices() {
  const { value: list, failure, load } = useFresh(() => call('devices', { background: true }), ['reset', 'open']);
  const shown = shallowRef<{ device: string; name: string; code: string; goodUntilMs: number } | null>(null);
  const nowMs = ref(performance.now());
  const { busy, failure: wrong, attempt } = useAttempt();
  const asked = ref(''); // the device whose removal has been asked for once
  const timers = [setInterval(tick, 1000), setInterval(() => { if (shown.value) void load(); }, LOOK_MS)];
  onScopeDispose(() => timers.forEach(clearInterval));
  const minutesLeft = computed(() => Math.ceil(((shown.value?.goodUntilMs ?? 0) - nowMs.value) / 60_000));

  // A code that is used or over is of no more use to anybody who passes.
  function tick(): void {
    nowMs.value = performance.now();
    if (shown.value && nowMs.value >= shown.value.goodUntilMs) shown.value = null;
  }

  watch(list, (now) => {
    if (now?.devices.some((one) => one.device === shown.value?.device && one.paired)) shown.value = null;
  });

  function within(work: () => Promise<void>): Promise<boolean> {
    asked.value = '';
    return attempt(async () => {
      await work();
      await load();
    });
  }

  const add = (body: NewDevice): Promise<boolean> => within(async () => {
    const added = await call('add_device', { body });
    shown.value = { device: added.device.device, name: added.device.name, code: added.code, goodUntilMs: performance.now() + CODE_MS };
  });

  async function remove(device: Device): Promise<void> {
    if (asked.value !== device.device) { asked.value = device.device; return; }
    await within(async () => { await call('remove_device', { path: { device: device.device } }); });
  }

  return { list, failure, shown, minutesLeft, busy, wrong, asked, load, add, remove };
}
