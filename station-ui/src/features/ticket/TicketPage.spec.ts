import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NOW, nodeFallsSilent, open, saysOfItself, serve, settled, written, type Asked, type Page } from '@/spec/node';
import TicketConfirm from './TicketConfirm.vue';
import TicketGroups from './TicketGroups.vue';
import TicketPage from './TicketPage.vue';
import TicketStart from './TicketStart.vue';
import TicketTaken from './TicketTaken.vue';

const GROUP = { group: '社会保障', items: [{ code: 'SB-0101', name: '养老保险参保登记' }, { code: 'SB-0102', name: '待遇资格认证' }], ahead: 6 };
const screen = (more = {}) => ({ station: '荫营镇便民服务中心', now_ms: NOW, open: true, waiting: 9, groups: [GROUP], ...more });
const arrival = { appointment: null, visit: { id: 'a7', ticket: 'A013' }, ahead: 6, timing: 'none', late_min: 0, ready_at_ms: null, already: false };
const slip = (printed: boolean) => ({ slip: '0'.repeat(32), pages: 1, copy: 1, printed, problem: printed ? null : 'paper_out', numbers: [] });
beforeEach(() => saysOfItself());
afterEach(() => { vi.useRealTimers(); });
async function at(more: Record<string, unknown> = {}): Promise<Page & { asked: Asked[] }> {
  const asked = serve({ 'GET /screens/ticket': screen(), 'POST /visits': arrival, 'POST /slips': slip(true), ...more });
  return { ...(await open(TicketPage)), asked };
}
async function tap(page: Page['page'], text: string): Promise<void> {
  await page.findAll('button').find((each) => each.text().includes(text))?.trigger('click');
  await settled();
}

describe('取号机', () => {
  it('gives a number with three taps', async () => {
    const { page, asked } = await at();
    expect(page.text()).toContain('现在等候 9 人');
    await tap(page, '无证取号');
    await tap(page, '社会保障');
    await tap(page, '待遇资格认证');
    expect(written(asked).map((one) => one.path)).toEqual(['/visits', '/slips']);
    expect(written(asked)[0]?.body).toEqual({ item: 'SB-0102', priority: 'none' });
    expect(page.find('.ticket-number').text()).toBe('A013');
    expect(page.text()).toContain('请取号，前面 6 人');
  });

  it('shows the number as large as the screen when nothing was printed', async () => {
    const { page } = await at({ 'POST /slips': slip(false) });
    for (const name of ['无证取号', '社会保障', '待遇资格认证']) await tap(page, name);
    expect(page.find('.ticket-taken').classes()).toContain('is-paperless');
    expect(page.text()).toContain('没有打印，请记住号码，前面 6 人');
    expect(page.text()).toContain('已告诉工作人员');
  });

  it('goes back to the beginning by one tap', async () => {
    const { page } = await at();
    await tap(page, '无证取号');
    await tap(page, '返回');
    expect(page.text()).toContain('请取号');
    expect(page.find('.ticket-foot').exists()).toBe(false);
  });

  it('outside of the hours gives none', async () => {
    const { page } = await at({ 'GET /screens/ticket': screen({ open: false }) });
    expect(page.text()).toContain('现在不取号。请看大厅显示屏上的服务时间。');
    expect(page.find('button').exists()).toBe(false);
  });

  it('without its node gives none', async () => {
    const { page } = await at();
    await nodeFallsSilent();
    expect(page.find('[role=alert]').text()).toBe('与本站主机断开，请听工作人员安排');
    expect(page.find('button').exists()).toBe(false);
  });
});

describe('the steps', () => {
  it('begin with a card or without', async () => {
    const { page } = await open(TicketStart, { props: { waiting: 0 } });
    await page.find('button').trigger('click');
    expect(page.emitted('begin')).toHaveLength(1);
    expect(page.text()).toContain('有身份证的，请把证放到读卡区');
  });

  it('say how many wait for what', async () => {
    const { page } = await open(TicketGroups, { props: { groups: [GROUP], card: true } });
    expect(page.text()).toContain('已读到身份证');
    expect(page.find('button').text()).toBe('社会保障前面 6 人');
    await page.find('button').trigger('click');
    expect(page.emitted('choose')).toEqual([[GROUP]]);
  });

  it('offer priority without proof, to be taken back with the next tap', async () => {
    const { page } = await open(TicketConfirm, { props: { group: GROUP, priority: 'none' } });
    const elder = page.find('.ticket-priority button');
    await elder.trigger('click');
    await page.setProps({ priority: 'elder' } as never);
    expect(elder.attributes('aria-pressed')).toBe('true');
    await elder.trigger('click');
    expect(page.emitted('update:priority')).toEqual([['elder'], ['none']]);
  });

  it('end with the number, and claim no paper before it is there', async () => {
    const { page } = await open(TicketTaken, { props: { ticket: 'A013', ahead: 6, printed: 'printing' } });
    expect(page.text()).toBe('A013正在打印，前面 6 人');
  });
});
