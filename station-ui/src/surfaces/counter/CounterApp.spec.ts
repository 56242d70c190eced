import { mount } from '@vue/test-utils';
import { h } from 'vue';
import { createMemoryHistory, createRouter, type Router } from 'vue-router';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { press, saysOfItself, serve, settled, written, type Asked } from '@/spec/node';
import { useHandOver } from '@/stores/handOver';
import { useQueue } from '@/stores/queue';
import { useSession } from '@/stores/session';
import { useUndo } from '@/stores/undo';
import CounterApp from './CounterApp.vue';
import { router as shipped } from './routes';

const who = (role = 'clerk') => ({ csrf: 'c', staff: 'wangmin', display_name: '王敏', role, locked: false, expires_in_s: 1 });
// The sign-in has a spec of its own; here is what stands at it.
const atSignIn = { setup: (_: unknown, { slots }: { slots: { default?: () => [] } }) => () => h('div', {}, slots.default?.()) };
let clock = 0;
beforeEach(() => {
  saysOfItself();
  clock += 100_000;
  vi.spyOn(performance, 'now').mockImplementation(() => clock);
});
async function at(role = 'clerk', more: Record<string, unknown> = {}, stubs: Record<string, object> = {}): Promise<{ page: ReturnType<typeof mount>; router: Router; asked: Asked[] }> {
  const asked = serve({ 'GET /sign-in': who(role), ...more });
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:rest(.*)*', component: { template: '<input name="text">', render: () => null } }] });
  await router.push('/');
  const page = mount(CounterApp, { global: { plugins: [router], stubs }, attachTo: document.body });
  await settled();
  return { page, router, asked };
}

describe('the counter’s surface', () => {
  it('leads to each page by its key, and every page named is there', async () => {
    const { page, router } = await at('lead');
    const ways: [string, KeyboardEventInit, string][] = [
      ['F2', {}, '/book'], ['F4', {}, '/check-in'], ['F3', {}, '/records'], ['Digit3', { altKey: true }, '/'], ['Digit4', { altKey: true }, '/records'], ['Digit5', { altKey: true }, '/off-hours'],
      ['Digit6', { altKey: true }, '/feedback'], ['Digit7', { altKey: true }, '/sync'], ['Digit9', { altKey: true }, '/station'], ['Digit0', { altKey: true }, '/health'],
    ];
    for (const [code, more, path] of ways) {
      press(code, more);
      await settled();
      expect(router.currentRoute.value.path, code).toBe(path);
    }
    const named = page.findAll('nav a').map((each) => each.attributes('href') ?? '');
    expect(named).toHaveLength(9);
    for (const path of named) expect(shipped.resolve(path).matched[0]?.components, path).toBeDefined();
    expect(shipped.resolve('/nowhere').matched[0]?.redirect).toBe('/');
  });

  it('has no management for a clerk, not by its key either', async () => {
    const { page, router } = await at();
    expect(page.find('nav').text()).not.toContain('本站管理');
    press('Digit9', { altKey: true });
    await settled();
    expect(router.currentRoute.value.path).toBe('/');
  });

  it('is locked by Alt+L, and asks for the PIN of who was here', async () => {
    const { page } = await at();
    press('KeyL', { altKey: true });
    await settled();
    expect(useSession().locked).toBe(true);
    expect(page.find('.lock-screen').text()).toContain('已锁定，内容未丢失。输入口令继续。');
  });

  it('takes back what was done last, but leaves Ctrl+Z to a text field', async () => {
    await at();
    const takeBack = vi.fn(() => Promise.resolve());
    useUndo().offer('A013', takeBack);
    const field = document.createElement('input');
    document.body.append(field);
    field.focus();
    press('KeyZ', { ctrlKey: true });
    expect(takeBack).not.toHaveBeenCalled();
    field.remove();
    press('KeyZ', { ctrlKey: true });
    expect(takeBack).toHaveBeenCalledOnce();
  });

  it('offers the undo on every page but the counter, which has its own', async () => {
    const { page, router } = await at();
    useUndo().offer('A013', () => Promise.resolve());
    await settled();
    expect(page.find('.undo-offer').exists()).toBe(false);
    await router.push('/records');
    await settled();
    expect(page.find('.undo-offer').exists()).toBe(true);
    press('KeyL', { altKey: true });
    await settled();
    expect(page.find('.undo-offer').exists()).toBe(false); // behind the lock nothing is done
  });

  it('asks the colleagues for help by its key and its button, once somebody is here', async () => {
    const { page, asked } = await at('clerk', { 'POST /help': { calls: [{ login: 'wangmin', name: '王敏', window: null, waiting_s: 0, coming: null }] } });
    press('KeyH', { ctrlKey: true, altKey: true });
    await settled();
    expect(written(asked).map((one) => one.path)).toEqual(['/help']);
    expect(page.find('.help-bar').text()).toContain('已向同事求助，等待回应');
    clock += 1_000;
    await page.findAll('.top-bar button').find((each) => each.text() === 'Ctrl+Alt+H求助')?.trigger('click');
    await settled();
    expect(written(asked)).toHaveLength(2);
    useSession().$patch({ who: null });
    await settled();
    expect(page.text()).not.toContain('Ctrl+Alt+H');
  });

  it('gives the window that was handed over to the next who signs in', async () => {
    const { page, asked } = await at('clerk', { 'POST /sign-out': null, 'POST /sign-in': { ...who(), staff: 'zhaolei', display_name: '赵磊' }, 'POST /windows/2/open': { seat: 'b'.repeat(32) }, 'GET /queue': { counts: {}, waiting: [] } }, { SignIn: atSignIn });
    useQueue().seat = { seat: 'a'.repeat(32), number: 2 };
    await useHandOver().give();
    await settled();
    expect(page.find('.hand-over-line').text()).toContain('交接');
    await useSession().signIn('zhaolei', '271828');
    await settled();
    expect(written(asked).at(-1)).toMatchObject({ path: '/windows/2/open', body: { take_over: true } });
    expect(page.find('.top-bar').text()).toContain('2号窗口 · 赵磊');
  });
});
