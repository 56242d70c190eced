import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, test, vi } from 'vitest';
import { useSlots } from '@/stores/slots';

const free: Record<string, Record<string, number>> = {
  '2026-11-25': { '17:30': 0 }, '2026-11-26': { '08:30': 0, '09:00': 7 },
};
vi.mock('@/api', () => ({
  call: (name: string, { query }: { query: { date: string } }) => Promise.resolve(name === 'calendar'
    ? { days: Object.keys(free).map((date) => ({ date, known: true, periods: [{ bookable: true, over: false }] })) }
    : { slots: Object.entries(free[query.date] ?? {}).map(([window, left]) => ({ window, free: left, over: false })) }),
}));

beforeEach(() => setActivePinia(createPinia()));

test('a day without a place left has its nearest one on a later day', async () => {
  const slots = useSlots();
  await slots.loadDays('2026-11-25');
  await slots.load('2026-11-25');
  expect(slots.freeAfter('2026-11-25', '17:30')).toBeUndefined();
  expect(await slots.soonestAfter('2026-11-25')).toMatchObject({ date: '2026-11-26', slot: { window: '09:00' } });
  expect(await slots.soonestAfter('2026-11-26')).toBeUndefined();
});
