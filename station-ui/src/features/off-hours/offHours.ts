// What can be said of the hours of a day: periods with their bookings, cut-offs that come near, turns ahead.
import type { Schemas, Slot } from '@/api';
import { t, tOf } from '@/i18n';
import { clockOf, dateOf, dayText } from '@/i18n/moments';
import type { ServiceWindow } from '@/stores/queue';
import type { CalendarDay } from '@/stores/slots';

export type PeriodKind = Schemas['PeriodKind'];
type Period = CalendarDay['periods'][number];
export interface PeriodRow { kind: PeriodKind; hours: string; how: string; limit: string; taken: number | null; free: number | null }

const MINUTE_MS = 60_000;
const NEAR_MS = 60 * MINUTE_MS; // from here on a cut-off is told in minutes
const TURN_MS = 10 * MINUTE_MS;

export const isOffHours = (kind: PeriodKind | null): boolean => kind !== null && kind !== 'regular';
const at = (date: string, clock: string): number => Date.parse(`${date}T${clock}:00+08:00`);
const inside = (slot: Slot, period: Period): boolean => slot.period === period.kind && slot.window >= period.begin && slot.window < period.end;

function howText(period: Period): string {
  if (!period.bookable) return t('off.walk_in_only');
  return period.booking_only ? t('off.booking_only') : t('off.both');
}

// 截止 11:00, or 11月27日 12:00 截止 when that is another day.
export function limitText(period: Period, date: string): string {
  if (period.over) return t('book.over');
  if (period.cutoff_ms === null) return '';
  const day = dateOf(period.cutoff_ms);
  const clock = clockOf(period.cutoff_ms);
  return t('off.cut_off', { when: day === date ? clock : `${dayText(day)} ${clock}` });
}

// Where nobody books there are no places to count: not 0.
export const periodRows = (day: CalendarDay, slots: Slot[]): PeriodRow[] => day.periods.map((period) => {
  const within = slots.filter((slot) => inside(slot, period));
  const sumOf = (name: 'taken' | 'free'): number | null => (period.bookable ? within.reduce((sum, slot) => sum + slot[name], 0) : null);
  return { kind: period.kind, hours: `${period.begin}–${period.end}`, how: howText(period), limit: limitText(period, day.date), taken: sumOf('taken'), free: sumOf('free') };
});

// 午间预约还有 23 分钟截止: cut-offs within the next hour, nearest first.
export function nearCutoffs(days: CalendarDay[], nowMs: number): string[] {
  const near = days.flatMap((day) => day.periods.map((period) => ({ day, period, left: (period.cutoff_ms ?? 0) - nowMs })))
    .filter(({ period, left }) => period.cutoff_ms !== null && !period.over && left > 0 && left <= NEAR_MS);
  return near.sort((a, b) => a.left - b.left).map(({ day, period, left }) =>
    t('off.near', { kind: (day.date === dateOf(nowMs) ? '' : `${dayText(day.date)} `) + tOf('period_short', period.kind), minutes: Math.ceil(left / MINUTE_MS) }));
}

// 12:00 起转入午间无休: the next change of the period, ten minutes ahead. A running case keeps its own.
export function turnAhead(day: CalendarDay | undefined, nowMs: number): string {
  const next = (day?.periods ?? []).find((period) => {
    const left = at(day?.date ?? '', period.begin) - nowMs;
    return left > 0 && left <= TURN_MS;
  });
  return next ? t('off.turn', { when: next.begin, kind: tOf('period', next.kind) }) : '';
}

// 在岗窗口 2、3: those where somebody sits. Nothing is said while no window is known.
export function dutyText(windows: ServiceWindow[]): string {
  if (windows.length === 0) return '';
  const numbers = windows.filter((each) => !each.closed && each.held_by !== null).map((each) => each.number);
  return numbers.length === 0 ? t('off.duty_none') : t('off.duty', { numbers: numbers.join(t('app.list')) });
}
