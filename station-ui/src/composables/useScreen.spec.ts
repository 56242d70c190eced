import { mount } from '@vue/test-utils';
import { defineComponent, h } from 'vue';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { NodeEvent } from '@/api';
import { useScreen } from './useScreen';

const told: ((event: NodeEvent) => void)[] = [];
vi.mock('@/api', async (original) => ({
  ...await original<typeof import('@/api')>(),
  listen: (listener: (event: NodeEvent) => void) => { told.push(listener); return () => { told.splice(told.indexOf(listener), 1); }; },
}));
const tell = (name: NodeEvent['name']): void => told.forEach((listener) => listener({ name, data: null }));

function shown(read: () => Promise<{ now_ms: number; waiting: number }>) {
  const page = mount(defineComponent({
    setup() {
      const { value } = useScreen(read);
      return () => h('p', value.value?.waiting ?? '-');
    },
  }));
  return page;
}
afterEach(() => { vi.useRealTimers(); });

describe('a screen of the hall', () => {
  it('reads at once when the queue changed, and not for what does not concern it', async () => {
    let waiting = 0;
    const read = vi.fn(() => Promise.resolve({ now_ms: 0, waiting: ++waiting }));
    const page = shown(read);
    await vi.waitFor(() => expect(page.text()).toBe('1'));
    tell('heartbeat');
    tell('status');
    expect(read).toHaveBeenCalledTimes(1);
    tell('queue');
    await vi.waitFor(() => expect(page.text()).toBe('2'));
    page.unmount();
    expect(told).toHaveLength(0);
  });

  it('asks once more, and only once, for all that changed during a read', async () => {
    const ends: ((value: { now_ms: number; waiting: number }) => void)[] = [];
    const read = vi.fn(() => new Promise<{ now_ms: number; waiting: number }>((end) => { ends.push(end); }));
    const page = shown(read);
    for (let times = 0; times < 5; times += 1) tell('queue');
    expect(read).toHaveBeenCalledTimes(1);
    ends[0]?.({ now_ms: 0, waiting: 1 });
    await vi.waitFor(() => expect(read).toHaveBeenCalledTimes(2));
    ends[1]?.({ now_ms: 0, waiting: 2 });
    await vi.waitFor(() => expect(page.text()).toBe('2'));
    expect(read).toHaveBeenCalledTimes(2);
    page.unmount();
  });

  it('keeps what it has when a read fails, and tries again by itself', async () => {
    vi.useFakeTimers();
    let works = true;
    const page = shown(() => (works ? Promise.resolve({ now_ms: 0, waiting: 7 }) : Promise.reject(new TypeError('gone'))));
    await vi.advanceTimersByTimeAsync(0);
    works = false;
    tell('queue');
    await vi.advanceTimersByTimeAsync(0);
    expect(page.text()).toBe('7');
    works = true;
    await vi.advanceTimersByTimeAsync(30_000);
    expect(page.text()).toBe('7');
    page.unmount();
  });
});
