import { beforeEach, describe, expect, it } from 'vitest';
import { NOW, nodeFallsSilent, open, saysOfItself, serve } from '@/spec/node';
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

  it('is calm while the line is down', async () => {
    saysOfItself({ connected: false, last_contact_ms: NOW - 120_000 });
    const { page } = await open(PageShell, { props: { pages: [] } });
    expect(page.find('.yz-bar').attributes('role')).toBe('status');
    expect(page.find('.yz-bar').classes()).toContain('tone-wait');
  });

  it('lists the pages that one may see, and none before the sign-in', async () => {
    saysOfItself();
    expect((await open(PageShell, { props: { pages: [] } })).page.find('nav').exists()).toBe(false);
    const { page } = await open(PageShell, { props: { pages: [{ path: '/late', name: '补录', keys: 'Alt+0' }] } });
    expect(page.find('nav a').text()).toBe('Alt+0补录');
  });
});

describe('the chip', () => {
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
