// Days of the calendar, and the windows of each with what may still be booked.
import { defineStore } from 'pinia';
import { ref } from 'vue';
import { call, type Schemas, type Slot } from '@/api';

export type CalendarDay = Schemas['CalendarDay'];
export interface Place { date: string; slot: Slot }

const DAYS = 15;
export const isFree = (slot: Slot): boolean => slot.free > 0 && !slot.over;
const isBookable = (day: CalendarDay): boolean => day.known && day.periods.some((period) => period.bookable && !period.over);

export const useSlots = defineStore('slots', () => {
  const days = ref<CalendarDay[]>([]);
  const slotsOf = ref<Record<string, Slot[]>>({});

  async function loadDays(from: string): Promise<void> {
    if (days.value[0]?.date === from) return;
    days.value = (await call('calendar', { query: { from, days: DAYS }, background: true })).days;
  }

  async function load(date: string): Promise<Slot[]> {
    const { slots } = await call('slots', { query: { date }, background: true });
    slotsOf.value = { ...slotsOf.value, [date]: slots };
    return slots;
  }

  async function firstFree(among: CalendarDay[], period?: Slot['period']): Promise<Place | undefined> {
    for (const day of among.filter(isBookable)) {
      const slot = (await load(day.date)).find((each) => isFree(each) && (period === undefined || each.period === period));
      if (slot) return { date: day.date, slot };
    }
    return undefined;
  }

  // The first window from `from` on that can be booked for certain; none within the calendar.
  async function soonest(from: string): Promise<Place | undefined> {
    await loadDays(from);
    return firstFree(days.value);
  }
  // `period`: only in hours of that kind.
  const soonestAfter = (date: string, period?: Slot['period']): Promise<Place | undefined> => firstFree(days.value.filter((day) => day.date > date), period);

  const dayOf = (date: string): CalendarDay | undefined => days.value.find((day) => day.date === date);
  const freeAfter = (date: string, window: string): Slot | undefined => {
    const free = (slotsOf.value[date] ?? []).filter(isFree);
    return free.find((slot) => slot.window > window) ?? free[0];
  };

  return { days, slotsOf, loadDays, load, soonest, soonestAfter, dayOf, freeAfter };
});
