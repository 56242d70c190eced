import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, test, vi } from 'vitest';
import { useOffHours } from './offHours';

const pages = vi.hoisted(() => ({ asked: [] as { from: string; after?: string }[], wait: [] as (() => void)[], held: false }));
vi.mock('@/api', () => ({
  call: async (_: string, { body }: { body: { from: string; after?: string } }) => {
    pages.asked.push(body);
    if (pages.held) await new Promise<void>((done) => pages.wait.push(done));
    const row = (window: string, period: string | null) => ({ id: body.from + window, window, period });
    return body.after ? { rows: [row('08:00', 'flex_early'), row('19:00', null)], next: null } : { rows: [row('12:30', 'noon'), row('09:00', 'regular')], next: 'x' };
  },
}));
beforeEach(() => { setActivePinia(createPinia()); pages.asked.length = 0; pages.held = false; });

test('all pages of the day are read, and only off hours are kept, by window', async () => {
  const off = useOffHours();
  await off.load('2026-03-05');
  expect(pages.asked.map((body) => body.after)).toEqual([undefined, 'x']);
  expect(off.rows.map((row) => row.window)).toEqual(['08:00', '12:30']);
});

test('the answer of an earlier day never stands under a later one', async () => {
  const off = useOffHours();
  pages.held = true;
  const first = off.load('2026-03-05');
  pages.held = false;
  await off.load('2026-03-06');
  pages.wait.forEach((done) => done());
  await first;
  expect(off.rows.every((row) => row.id.startsWith('2026-03-06'))).toBe(true);
});
