import { effectScope, nextTick } from 'vue';
import { createMemoryHistory, createRouter } from 'vue-router';
import { describe, expect, it, vi } from 'vitest';
import { settled } from '@/spec/node';
import { useSession } from '@/stores/session';
import { usePagesAtHand } from './usePagesAtHand';

const here = { csrf: 'c', staff: 'wangmin', display_name: '王敏', role: 'clerk', locked: false, expires_in_s: 1 };
const nothing = { render: () => null };

describe('the pages behind the first', () => {
  it('are fetched once somebody is here, until the node is silent', async () => {
    const booking = vi.fn(() => Promise.resolve({ default: nothing }));
    const lost = vi.fn(() => Promise.reject(new TypeError('cut')));
    const later = vi.fn(() => Promise.resolve({ default: nothing }));
    const routes = [{ path: '/', component: nothing }, { path: '/book', component: booking }, { path: '/check-in', component: lost }, { path: '/sync', component: later }];
    const scope = effectScope();
    const router = createRouter({ history: createMemoryHistory(), routes });
    scope.run(() => usePagesAtHand(router));
    await settled();
    expect(booking).not.toHaveBeenCalled();
    const session = useSession();
    session.who = here as never;
    await nextTick();
    await settled();
    expect([booking, lost, later].map((page) => page.mock.calls.length)).toEqual([1, 1, 0]);
    expect(router.resolve('/book').matched[0]?.components?.['default']).toBe(nothing);
    expect(router.resolve('/check-in').matched[0]?.components?.['default']).toBe(lost);
    session.who = null;
    await nextTick();
    session.who = here as never;
    await nextTick();
    await settled();
    expect(booking).toHaveBeenCalledTimes(1);
    scope.stop();
  });
});
