import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, test, vi } from 'vitest';
import { useHandOver } from './handOver';
import { useNode } from './node';
import { useQueue, type Queue } from './queue';
import { useSession } from './session';

const asked = vi.hoisted(() => [] as { name: string; ask: { path?: unknown; body?: unknown } }[]);
vi.mock('@/api', async (original) => ({
  ...await original<typeof import('@/api')>(),
  call: (name: string, ask: { path?: unknown; body?: unknown } = {}) => {
    asked.push({ name, ask });
    return Promise.resolve(name === 'open_window' ? { seat: 'b'.repeat(32) } : name === 'queue' ? counted : { windows: [] });
  },
}));
const counted = { counts: { waiting: 9, held: 1 }, waiting: [], current: null } as unknown as Queue;

beforeEach(() => {
  setActivePinia(createPinia());
  asked.length = 0;
  useSession().who = { csrf: 'x', staff: 'wangmin', display_name: '王敏', role: 'clerk', locked: false, expires_in_s: 1 };
});
function seated(): void {
  const queue = useQueue();
  queue.seat = { seat: 'a'.repeat(32), number: 2 };
  queue.queue = counted;
  useNode().status = { chip: { pending: 37 } } as never;
}

test('what is handed over is told in one line, and what cannot be read is not said to be 0', () => {
  const hand = useHandOver();
  expect(hand.line(hand.now)).toBe('交接: 等候 ? 挂起 ? 待上报 ?');
  seated();
  expect(hand.line(hand.now)).toBe('交接: 等候 9 挂起 1 待上报 37');
});

test('the window stays, and is the next one’s who signs in', async () => {
  seated();
  const hand = useHandOver();
  await hand.give();
  expect(useSession().who).toBeNull();
  expect(useQueue().number).toBe(2);
  expect(hand.handed).toMatchObject({ from: '王敏', window: 2, waiting: 9 });
  setActivePinia(createPinia()); // the page was loaded anew at the sign-in
  expect(useHandOver().handed).toMatchObject({ from: '王敏', window: 2 });
  await useHandOver().take();
  expect(asked.find((one) => one.name === 'open_window')?.ask).toMatchObject({ path: { number: 2 }, body: { take_over: true } });
  expect(useHandOver().handed).toBeNull();
  expect(useQueue().seat?.seat).toBe('b'.repeat(32));
});

test('who sits at no window hands none over, and a window that was taken from them is not taken back', async () => {
  const hand = useHandOver();
  await hand.give();
  await hand.take();
  expect(asked.map((one) => one.name)).toEqual(['sign_out']);
  seated();
  useQueue().lost = true;
  expect(hand.now.window).toBeNull();
});
