import { mount } from '@vue/test-utils';
import { h } from 'vue';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useMode } from '@/composables/useMode';
import { locale, setLocale } from '@/i18n';
import { NOW, Refusal, open, press, saysOfItself, serve, settled, type Page } from '@/spec/node';
import { useSession } from '@/stores/session';
import { useUndo } from '@/stores/undo';
import AppFrame from './AppFrame.vue';
import LookSettings from './LookSettings.vue';
import SideNav from './SideNav.vue';
import TopBar from './TopBar.vue';
import UndoOffer from './UndoOffer.vue';

const who = { csrf: 'c', staff: 'wangmin', display_name: '王敏', role: 'clerk', locked: false, expires_in_s: 1 };
const PAGES = [{ path: '/', name: '窗口工作台', keys: 'Alt+3' }, { path: '/book', name: '预约登记', keys: 'F2' }];
const Framed = { render: () => h(AppFrame, { pages: PAGES }, { default: () => h('input', { name: 'text' }), 'sign-in': () => h('p', '登录在此') }) };
const at = (signIn: unknown): Promise<Page> => {
  serve({ 'GET /sign-in': signIn });
  return open(Framed);
};
let clock = 0;
beforeEach(() => {
  saysOfItself();
  clock += 100_000;
  vi.spyOn(performance, 'now').mockImplementation(() => clock);
});
afterEach(async () => { useMode().setMode('light'); await setLocale('zh-CN'); });

describe('a surface with sign-in', () => {
  it('shows nobody a page, nor the way to one', async () => {
    const { page } = await at(new Refusal(401, 'Denied', 'yz_sid'));
    expect(page.text()).toContain('登录在此');
    expect(page.find('[name=text]').exists()).toBe(false);
    expect(page.find('nav').exists()).toBe(false);
  });

  it('resumes who was here', async () => {
    const { page } = await at(who);
    expect(page.find('.top-bar').text()).toContain('王敏');
    expect(page.findAll('nav a')).toHaveLength(2);
    expect(page.text()).not.toContain('登录在此');
  });

  it('locked keeps the page and every word on it, out of reach', async () => {
    const { page } = await at(who);
    await page.find('[name=text]').setValue('半句话');
    useSession().lock();
    await settled();
    expect(page.text()).toContain('登录在此');
    expect(page.find('.app-page').attributes('inert')).toBeDefined();
    expect((page.find('.app-page').element as HTMLElement).style.display).toBe('none');
    expect((page.find('[name=text]').element as HTMLInputElement).value).toBe('半句话');
  });

  it('without an answer asks nobody to sign in', async () => {
    expect((await at(undefined)).page.text()).not.toContain('登录在此');
  });

  it('shows its keys and looks with F1', async () => {
    await at(who);
    press('F1');
    await settled();
    expect(document.querySelector('[data-testid=key-sheet]')?.textContent).toContain('F1');
    expect(document.querySelector('.look-settings')).not.toBeNull();
  });
});

describe('the looks', () => {
  it('are four and two languages, and the page stays', async () => {
    const page = mount(LookSettings);
    expect(page.findAll('[aria-pressed]').map((each) => each.text())).toEqual(['浅色', '深色', '高对比', '长者大字']);
    await page.findAll('button')[1]?.trigger('click');
    expect(document.documentElement.dataset['mode']).toBe('dark');
    expect(page.find('[aria-pressed=true]').text()).toBe('深色');
    await page.findAll('button')[4]?.trigger('click');
    await vi.waitFor(() => expect(locale.value).toBe('en'));
  });
});

describe('the way to the pages', () => {
  it('folds to its keys, and stays folded', async () => {
    const { page } = await open(SideNav, { props: { pages: PAGES } });
    await page.find('.side-nav-fold').trigger('click');
    expect(page.classes()).toContain('is-folded');
    expect(page.find('.side-nav-fold').attributes('aria-label')).toBe('展开导航');
    expect(page.find('a').attributes('title')).toBe('窗口工作台');
    expect((await open(SideNav, { props: { pages: PAGES } })).page.classes()).toContain('is-folded');
  });
});

describe('the bar', () => {
  it('says where, who, and what time it is at the node', async () => {
    useSession().who = { ...who, role: 'clerk' };
    const { page } = await open(TopBar, { props: { place: '2号窗口' } });
    expect(page.find('.top-bar-where').text()).toBe('荫营镇便民服务中心 · 2号窗口 · 王敏');
    clock += 90_000;
    saysOfItself({ now_ms: NOW + 90_000 });
    await page.vm.$nextTick();
    expect(page.find('time').text()).toBe('10:44');
  });
});

describe('the undo', () => {
  it('is offered only while it can be done, and done by one press', async () => {
    const page = mount(UndoOffer);
    expect(page.find('button').exists()).toBe(false);
    const takeBack = vi.fn(() => Promise.resolve());
    useUndo().offer('A013 签到', takeBack);
    await page.vm.$nextTick();
    expect(page.text()).toContain('A013 签到 · 10 秒内可撤销');
    await page.find('button').trigger('click');
    expect(takeBack).toHaveBeenCalledOnce();
    expect(page.find('button').exists()).toBe(false);
  });
});
