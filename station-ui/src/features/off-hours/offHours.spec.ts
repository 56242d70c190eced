import { describe, expect, it } from 'vitest';
import type { Slot } from '@/api';
import type { CalendarDay } from '@/stores/slots';
import { dutyText, isOffHours, limitText, nearCutoffs, periodRows, turnAhead } from './offHours';

const at = (clock: string, day = 5): number => Date.parse(`2026-03-0${day}T${clock}:00+08:00`);
const period = (more: Partial<CalendarDay['periods'][number]>): CalendarDay['periods'][number] =>
  ({ kind: 'regular', begin: '08:30', end: '12:00', booking_only: false, bookable: true, cutoff_ms: null, over: false, ...more });
const noon = period({ kind: 'noon', begin: '12:00', end: '14:30', cutoff_ms: at('11:00') });
const day: CalendarDay = {
  date: '2026-03-05', kind: 'workday', name: '', known: true, weekday: 4,
  periods: [period({}), noon, period({ kind: 'regular', begin: '14:30', end: '18:00' }), period({ kind: 'overtime', begin: '18:00', end: '19:00', bookable: false })],
};
const slot = (window: string, kind: Slot['period'], taken: number, free: number): Slot => ({ window, period: kind, capacity: 10, taken, free, cutoff_ms: null, over: false });

describe('the hours of a day', () => {
  it('are off hours in all periods but the regular one, and outside of all', () => {
    expect(isOffHours('noon')).toBe(true);
    expect(isOffHours('regular')).toBe(false);
    expect(isOffHours(null)).toBe(false);
  });

  it('count the bookings of their own windows only', () => {
    const rows = periodRows(day, [slot('08:30', 'regular', 1, 4), slot('12:00', 'noon', 2, 1), slot('13:00', 'noon', 1, 3), slot('14:30', 'regular', 3, 0)]);
    expect(rows.map((row) => [row.kind, row.taken, row.free])).toEqual([['regular', 1, 4], ['noon', 3, 4], ['regular', 3, 0], ['overtime', null, null]]);
    expect(rows[1]).toMatchObject({ hours: '12:00–14:30', how: '现场、预约都可', limit: '11:00 截止' });
    expect(rows[3]?.how).toBe('只办现场');
  });

  it('say when their booking ends, with the day when it is another', () => {
    expect(limitText(period({ cutoff_ms: at('12:00', 4) }), '2026-03-05')).toBe('3月4日 12:00 截止');
    expect(limitText(period({ cutoff_ms: at('12:00', 4), over: true }), '2026-03-05')).toBe('已截止');
    expect(limitText(period({}), '2026-03-05')).toBe('');
  });

  it('count the last hour before a cut-off in minutes, to the minute', () => {
    expect(nearCutoffs([day], at('10:37'))).toEqual(['午间预约还有 23 分钟截止']);
    expect(nearCutoffs([day], at('10:00'))).toEqual(['午间预约还有 60 分钟截止']);
    expect(nearCutoffs([day], at('10:00') - 1)).toEqual([]);
    expect(nearCutoffs([day], at('11:00'))).toEqual([]);
  });

  it('announce the next turn ten minutes ahead', () => {
    expect(turnAhead(day, at('11:50'))).toBe('12:00 起转入午间无休');
    expect(turnAhead(day, at('11:50') - 1)).toBe('');
    expect(turnAhead(day, at('12:00'))).toBe('');
    expect(turnAhead(day, at('14:25'))).toBe('14:30 起转入工作时段');
    expect(turnAhead(undefined, at('11:55'))).toBe('');
  });
});

describe('who is on duty', () => {
  const window = (number: number, heldBy: string | null, closed = false) => ({ number, name: '综合', groups: [], closed, held_by: heldBy, held_since_ms: null, ticket: null, state: 'open' }) as never;

  it('is who sits at a window now, and nobody is said while no window is known', () => {
    expect(dutyText([window(1, null), window(2, '王敏'), window(3, '赵磊'), window(4, '胡平', true)])).toBe('在岗窗口 2、3');
    expect(dutyText([window(1, null)])).toBe('现在没有窗口在岗');
    expect(dutyText([])).toBe('');
  });
});
