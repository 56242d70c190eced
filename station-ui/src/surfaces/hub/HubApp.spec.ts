import { mount } from '@vue/test-utils';
import { createMemoryHistory, createRouter, type Router } from 'vue-router';
import { beforeEach, describe, expect, it } from 'vitest';
import { Refusal, press, saysOfItself, serve, settled, written, type Asked } from '@/spec/node';
import { useNotices } from '@/stores/notices';
import { useSession } from '@/stores/session';
import HubApp from './HubApp.vue';
import { router as shipped } from './routes';

const who = { csrf: 'c', staff: 'city', display_name: '市级', role: 'lead', locked: false, expires_in_s: 1 };
beforeEach(() => saysOfItself({ role: 'hub' }));
async function at(more: Record<string, unknown> = {}): Promise<{ page: ReturnType<typeof mount>; router: Router; asked: Asked[] }> {
  const asked = serve({ 'GET /sign-in': who, ...more });
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:rest(.*)*', component: { render: () => null } }] });
  await router.push('/');
  const page = mount(HubApp, { global: { plugins: [router] }, attachTo: document.body });
  await settled();
  return { page, router, asked };
}

describe('the hub’s surface', () => {
  it('leads to each page by its key, and every page named is there', async () => {
    const { page, router } = await at();
    for (const [code, path] of [['Digit4', '/records'], ['Digit6', '/feedback'], ['Digit7', '/sync'], ['Digit3', '/']] as const) {
      press(code, { altKey: true });
      await settled();
      expect(router.currentRoute.value.path).toBe(path);
    }
    for (const link of page.findAll('nav a')) expect(shipped.resolve(link.attributes('href') ?? '').matched[0]?.components).toBeDefined();
    expect(shipped.resolve(`/stations/${'0'.repeat(32)}`).matched[0]?.components).toBeDefined();
    expect(shipped.resolve('/stations/x').matched[0]?.redirect).toBe('/');
  });

  it('is left by one press; a refusal says so, and nobody is signed out by it', async () => {
    const leave = async (page: ReturnType<typeof mount>): Promise<void> => {
      await page.findAll('button').find((each) => each.text() === '退出登录')?.trigger('click');
      await settled();
    };
    const refused = await at({ 'POST /sign-out': new Refusal(503, 'Busy') });
    await leave(refused.page);
    expect(useNotices().notices[0]?.failed).toBe(true);
    expect(useSession().open).toBe(true);
    refused.page.unmount();
    const { page, asked } = await at({ 'POST /sign-out': null, 'GET /sign-in/names': { names: [] } });
    await leave(page);
    expect(written(asked).map((one) => one.path)).toEqual(['/sign-out']);
    expect(page.find('.sign-in').exists()).toBe(true);
  });
});
