import { beforeEach, describe, expect, it } from 'vitest';
import { NOW, Refusal, open, press, saysOfItself, serve, settled, written } from '@/spec/node';
import { useQueue } from '@/stores/queue';
import QueueList from './QueueList.vue';
import TransferDialog from './TransferDialog.vue';
import WindowPicker from './WindowPicker.vue';

const row = (id: string, more = {}) => ({ id, ticket: id.toUpperCase(), item: 'SB-0101', group: '社保', state: 'waiting', name: '李*', priority: 'none', slot: null, arrived_at_ms: NOW, wait_min: 3, reason: 'order', ready_at_ms: null, window: null, ...more });
const counts = { waiting: 2, by_appointment: 1, walk_in: 1, missed: 1, held: 1, finished: 0, average_min: null, off_hours: 0, rated: 0, unrated: 0 };
const at = (number: number, more = {}) => ({ number, name: '综合', groups: [], closed: false, held_by: null, held_since_ms: null, ticket: null, state: 'open', ...more });
beforeEach(() => saysOfItself());

describe('the queue on screen', () => {
  it('marks who is next, says why each stands where they stand, and turns amber after half an hour', async () => {
    useQueue().queue = { next: 'a1', waiting: [row('a1', { slot: '10:30', reason: 'appointment_due' }), row('a2', { wait_min: 31 })], missed: [], held: [], left_over: [row('z1')], expected: 3, counts } as never;
    const { page } = await open(QueueList);
    const [first, second] = page.findAll('li');
    expect(first?.text()).toContain('预约 10:30');
    expect(first?.attributes('title')).toContain('预约 10:30');
    expect(first?.attributes('title')?.endsWith(' · 预约到点')).toBe(true);
    expect(first?.find('button').exists()).toBe(false); // F8 calls this one
    expect(second?.classes()).toContain('is-long');
    expect(second?.text()).toContain('等候 31 分');
    expect(page.text()).toContain('还有 1 人是前几天的，未办结。');
    await second?.find('button').trigger('click');
    expect(page.emitted('call')).toEqual([['a2']]);
  });

  it('keeps who was missed or rests in sight, and brings each back', async () => {
    useQueue().queue = { next: null, waiting: [], missed: [row('m1')], held: [row('h1')], left_over: [], expected: 0, counts } as never;
    const { page } = await open(QueueList);
    expect(page.text()).toContain('暂无人等候。F2 登记预约，F4 为到场居民签到。');
    const tab = (text: string) => page.findAll('.queue-tabs button').find((each) => each.text() === text);
    await tab('过号(1)')?.trigger('click');
    await page.find('li button').trigger('click');
    await tab('挂起(1)')?.trigger('click');
    await page.find('li button').trigger('click');
    expect([page.emitted('giveBack'), page.emitted('resume')]).toEqual([[['m1']], [['h1']]]);
  });
});

describe('a window', () => {
  it('that is free is opened by one press, one that is taken asks first', async () => {
    const asked = serve({ 'GET /windows': { windows: [at(1), at(2, { held_by: '王敏' }), at(3, { closed: true })] }, 'GET /queue': { counts, waiting: [] }, 'POST /windows/2/open': { seat: 'a'.repeat(32) } });
    const { page } = await open(WindowPicker);
    const tiles = page.findAll('.window-tile');
    expect(tiles[2]?.attributes('disabled')).toBeDefined();
    await tiles[1]?.trigger('click');
    expect(page.text()).toContain('2号窗口正由王敏使用。接管后对方锁屏，内容保留。');
    expect(written(asked)).toEqual([]);
    await page.findAll('button').find((each) => each.text() === '接管')?.trigger('click');
    await settled();
    expect(written(asked)[0]?.body).toEqual({ take_over: true });
    expect(useQueue().number).toBe(2);
  });

  it('that somebody took in the same moment is offered for a take-over, not taken', async () => {
    serve({ 'GET /windows': { windows: [at(1)] }, 'POST /windows/1/open': new Refusal(409, 'Conflict', 'take_over') });
    const { page } = await open(WindowPicker);
    await page.find('.window-tile').trigger('click');
    await settled();
    expect(page.text()).toContain('接管');
    expect(useQueue().seat).toBeNull();
  });
});

describe('a transfer', () => {
  it('goes to an open window other than one’s own, chosen by keys', async () => {
    serve({ 'GET /windows': { windows: [] } });
    useQueue().seat = { seat: 'a'.repeat(32), number: 2 };
    const { page } = await open(TransferDialog, { props: { modelValue: false } });
    useQueue().windows = [at(1), at(2), at(3, { closed: true }), at(4)] as never;
    serve({ 'GET /windows': { windows: [at(1), at(2), at(3, { closed: true }), at(4)] } });
    await page.setProps({ modelValue: true });
    await settled();
    expect([...document.querySelectorAll('.transfer-row')].map((each) => each.textContent?.trim().slice(0, 4))).toEqual(['1号窗口', '4号窗口']);
    press('ArrowDown');
    await settled();
    press('Enter');
    expect(page.emitted('move')).toEqual([[4]]);
  });
});
