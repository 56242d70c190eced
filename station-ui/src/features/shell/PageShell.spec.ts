import { beforeEach, describe, expect, it } from 'vitest';
import { NOW, nodeFallsSilent, open, saysOfItself, serve, settled } from '@/spec/node';
import { useNotices } from '@/stores/notices';
import PageShell from './PageShell.vue';
import StateChip from './StateChip.vue';

beforeEach(() => serve({}));

describe('the frame of a page', () => {
  it('blocks in red only when the node cannot save', async () => {
    saysOfItself({ can_save: false });
    const { page } = await open(PageShell, { props: { pages: [] } });
    expect(page.find('.yz-bar').attributes('role')).toBe('alert');
    expect(page.text()).toContain('无法保存，请停止登记，先手写登记并告知站长。');
  });

  it('says of a machine above that it is silent, not that registering stops', async () => {
    saysOfItself({ role: 'hub' });
    const { page } = await open(PageShell, { props: { pages: [] } });
    await nodeFallsSilent('hub');
    expect(page.find('.yz-bar').text()).toBe('本级主机没有回应，页面内容可能不是最新。已填内容保留在此页面。');
    await nodeFallsSilent();
    expect(page.find('.yz-bar').text()).toBe('与本站主机断开，请勿继续登记。已填内容保留在此页面。');
  });

  it('is calm while the line is down', async () => {
    saysOfItself({ connected: false, last_contact_ms: NOW - 120_000 });
    const { page } = await open(PageShell, { props: { pages: [] } });
    expect(page.find('.yz-bar').attributes('role')).toBe('status');
    expect(page.find('.yz-bar').classes()).toContain('tone-wait');
  });

  it('moves down for what failed, so that the notice stands on nothing, and lets a save pass over it', async () => {
    saysOfItself();
    const { page } = await open(PageShell, { props: { pages: [] } });
    useNotices().fail('没有保存');
    await settled();
    const failed = page.find('[role=alert] .yz-notice');
    expect(failed.element.compareDocumentPosition(page.find('main').element) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
    expect(page.find('.yz-saves').text()).toBe('');
  });

  it('lists the pages that one may see, and none before the sign-in', async () => {
    saysOfItself();
    expect((await open(PageShell, { props: { pages: [] } })).page.find('nav').exists()).toBe(false);
    const { page } = await open(PageShell, { props: { pages: [{ path: '/late', name: '补录', keys: 'Alt+0' }] } });
    expect(page.find('nav a').text()).toBe('Alt+0补录');
  });
});

describe('the chip', () => {
  it('leads to the page about sending, for who may see that page', async () => {
    saysOfItself();
    const pages = [{ path: '/sync', name: '数据上报', keys: 'Alt+7' }];
    const { page, router } = await open(PageShell, { props: { pages } });
    const chip = page.find('[data-testid=chip] a');
    expect(chip.text()).toContain('已连通 · 市级已全部接收');
    await chip.trigger('click');
    await settled();
    expect(router.currentRoute.value.path).toBe('/sync');
    expect((await open(PageShell, { props: { pages: [] } })).page.find('[data-testid=chip] a').exists()).toBe(false);
  });

  it('never shows green older than the node’s last word', async () => {
    saysOfItself();
    const { page } = await open(StateChip);
    expect(page.text()).toContain('已连通 · 市级已全部接收');
    expect(page.classes()).toContain('tone-ok');
    await nodeFallsSilent();
    expect(page.text()).toContain('本机没有回应');
  });

  it('before anything is known claims nothing', async () => {
    expect((await open(StateChip)).page.text()).toContain('正在读取本机状态');
  });
});
