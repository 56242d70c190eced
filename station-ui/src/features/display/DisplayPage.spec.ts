import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { tellEvent } from '@/spec/events';
import { NOW, nodeFallsSilent, open, saysOfItself, serve, settled, type Page } from '@/spec/node';
import CallingNow from './CallingNow.vue';
import DisplayFoot from './DisplayFoot.vue';
import DisplayHead from './DisplayHead.vue';
import DisplayPage from './DisplayPage.vue';
import NextUp from './NextUp.vue';
import WindowTable from './WindowTable.vue';

const say = vi.fn();
vi.mock('@/voice/useVoice', async () => {
  const { ref } = await import('vue');
  return { useVoice: () => ({ blocked: ref(true), say }) };
});
const call = (ticket: string, window: number, more = {}) => ({ ticket, window, at_ms: NOW, calls: 1, ...more });
const window = (number: number, more = {}) => ({ number, name: '综合', state: 'open', ticket: null, ...more });
const display = (more = {}) => ({
  station: '荫营镇便民服务中心', now_ms: NOW, period: 'noon', period_begin: '12:00', period_end: '14:00', next_period: { kind: 'regular', begin: '14:00' },
  calling: [call('A012', 1)], windows: [window(1, { ticket: 'A012' }), window(2)], next: ['A014', 'A015'], missed: ['A007', 'A009'], waiting: 9, estimate_min: 25, groups: ['社保', '户籍'], hotline: '0353-12345', ...more,
});
beforeEach(() => { say.mockClear(); saysOfItself(); });
afterEach(() => { vi.useRealTimers(); });

describe('大厅显示屏', () => {
  it('shows who is called where, who is next, who was missed, and what can be done here', async () => {
    serve({ 'GET /screens/display': display() });
    const text = (await open(DisplayPage)).page.text().replace(/\s+/g, ' ');
    for (const part of ['请 A012 号 到', '1号窗口', '过号: A007 A009 请到导办台', 'A014A015', '等候 9 人', '约 25 分', '今日可办: 社保 户籍', '断网时预约、取号、叫号照常', '投诉电话 0353-12345']) expect(text).toContain(part);
    expect(say).not.toHaveBeenCalled(); // it was called before this screen was there
  });

  it('says a new call aloud, twice, and to who cannot see it', async () => {
    serve({ 'GET /screens/display': display() });
    const { page } = await open(DisplayPage);
    serve({ 'GET /screens/display': display({ calling: [call('A013', 2, { at_ms: NOW + 1 }), call('A012', 1)] }) });
    tellEvent('queue');
    await settled();
    expect(say).toHaveBeenCalledOnce();
    expect(say.mock.calls[0]?.[0]).toMatchObject({ times: 2 });
    expect(page.find('.sr-only[role=status]').text()).toBe('请 A013 号到 2 号窗口办理');
    expect(page.find('.calling-newest').text()).toContain('A013');
    expect(page.find('.calling-before').text()).toContain('A012');
  });

  it('dims and says since when it is not to be trusted', async () => {
    serve({ 'GET /screens/display': display() });
    const { page } = await open(DisplayPage);
    expect(page.find('[role=alert]').exists()).toBe(false);
    await nodeFallsSilent();
    expect(page.classes()).toContain('is-stale');
    expect(page.find('[role=alert]').text()).toBe('显示屏与本站断开（10:42），请听工作人员叫号');
    expect(page.text()).toContain('A012');
  });

  it('that was never answered shows no number', async () => {
    serve({});
    const { page } = await open(DisplayPage);
    expect(page.find('.display-body').exists()).toBe(false);
    expect(page.find('h1').text()).toBe('荫营镇便民服务中心');
  });
});

describe('the call', () => {
  const at = (props: { calling: unknown[]; missed?: string[] }): Promise<Page> => open(CallingNow, { props: { missed: [], ...props } });

  it('flashes when it is new, for a while, and when the same person is called again', async () => {
    const { page } = await at({ calling: [call('A012', 1)] });
    expect(page.find('.is-fresh').exists()).toBe(false);
    vi.useFakeTimers();
    await page.setProps({ calling: [call('A012', 1, { calls: 2 })] as never });
    expect(page.find('.is-fresh').exists()).toBe(true);
    vi.advanceTimersByTime(8_000);
    await page.vm.$nextTick();
    expect(page.find('.is-fresh').exists()).toBe(false);
  });

  it('of nobody is said to be so', async () => {
    expect((await at({ calling: [] })).page.text()).toBe('暂时没有叫号');
  });
});

describe('the rest of the screen', () => {
  it('names the hours and the next, or that these are none', async () => {
    expect((await open(DisplayHead, { props: { display: display() } })).page.find('.display-hours').text()).toBe('午间无休 12:00–14:0014:00 起 工作时段');
    expect((await open(DisplayHead, { props: { display: display({ period: null, next_period: null }) } })).page.find('.display-hours').text()).toBe('现在不是服务时段');
    expect((await open(DisplayHead, { props: { display: null } })).page.find('.display-hours').exists()).toBe(false);
  });

  it('leaves out a window that is closed, and says of one that pauses that it does', async () => {
    const windows = [window(1, { ticket: 'A010' }), window(2), window(3, { state: 'paused' }), window(4, { state: 'closed' })];
    const { page } = await open(WindowTable, { props: { windows } });
    expect(page.findAll('tbody tr').map((row) => row.text())).toEqual(['1号A010', '2号空闲', '3号暂停服务']);
    await page.setProps({ windows: Array.from({ length: 9 }, (_, at) => window(at + 1)) as never });
    expect(page.classes()).toContain('is-many');
  });

  it('gives no estimate that it has not', async () => {
    const { page } = await open(NextUp, { props: { next: [], waiting: 0, estimate: null } });
    expect(page.find('p').text()).toBe('等候 0 人');
  });

  it('says that it is silent, and invents no number to complain at', async () => {
    expect((await open(DisplayFoot, { props: { groups: [], hotline: '', silent: true } })).page.findAll('p').map((each) => each.text())).toEqual(['', '断网时预约、取号、叫号照常', '没有声音，点一下屏幕打开']);
  });
});
