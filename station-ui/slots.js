// The windows of a day in a select, with the places that are left.
import { call } from './api.js';
import { options } from './dom.js';

export async function fill(select, date) {
  if (!date) return [];
  const { slots } = await call('GET', `/slots?date=${date}`, { background: true });
  options(select, slots, (slot) => [slot.window, `${slot.window}\u3000余 ${slot.free}`, slot.free === 0]);
  const free = slots.find((slot) => slot.free > 0);
  if (!slots.find((slot) => slot.window === select.value && slot.free > 0)) select.value = free?.window ?? '';
  return slots;
}
