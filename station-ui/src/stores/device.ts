// Which device of the hall this browser is, and how it becomes one. Its cookie is the node's affair.
import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import { asProblem, call, reopen, type Answer, type Problem } from '@/api';

export type Device = Answer<'this_device'>;
export type DeviceKind = Device['kind'];

// The refusals that mean "not one of ours", as against no answer at all.
const isStranger = (problem: Problem): boolean => [401, 403, 404].includes(problem.status);

export const useDevice = defineStore('device', () => {
  const device = shallowRef<Device | null>(null);
  const known = ref(false); // the node has said whether this browser is paired

  function take(found: Device | null): void {
    device.value = found;
    known.value = true;
  }

  async function load(): Promise<void> {
    try {
      take(await call('this_device', { background: true }));
    } catch (error) {
      if (isStranger(asProblem(error))) take(null);
    }
  }

  // A screen was refused: the lead may have removed this device.
  async function refused(problem: Problem): Promise<void> {
    if (isStranger(problem)) await load();
  }

  async function pair(code: string): Promise<void> {
    take(await call('pair_device', { body: { code } }));
    reopen(); // from now on the stream tells more
  }

  return { device, known, load, refused, pair };
});
