import type { VueWrapper } from '@vue/test-utils';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { NOW, Refusal, open, press, saysOfItself, serve, settled, written, type Asked } from '@/spec/node';
import { useNotices } from '@/stores/notices';
import { useQueue } from '@/stores/queue';
import CounterPage from './CounterPage.vue';

const SEAT = 'a'.repeat(32);
const visit = (state: string) => ({
  id: 'v', ticket: 'A012', state, item: 'SB-0101', name: '张*', slot: null, period: 'regular', arrived_at_ms: NOW - 720_000, called_at_ms: NOW, calls: 1, started_at_ms: NOW, note: null, upstream: true, rung: 'saved', priority: 'none',
});
const row = { id: 'w', ticket: 'A013', name: '李*', item: 'SB-0101', group: '社保', state: 'waiting', priority: 'elder', slot: null, wait_min: 34, reason: 'priority' };
const counts = { waiting: 1, by_appointment: 0, walk_in: 1, missed: 2, held: 1, finished: 31, average_min: 9, off_hours: 6, rated: 29, unrated: 2 };
const queue = (current: unknown) => ({ next: 'w', waiting: [row], missed: [], held: [], left_over: [], expected: 3, current, counts, light: 'amber' });
let clock = 0;
beforeEach(() => {
  saysOfItself();
  useQueue().seat = { seat: SEAT, number: 2 };
  clock += 100_000;
  vi.spyOn(performance, 'now').mockImplementation(() => clock);
});
async function page_(current: unknown, more = {}): Promise<{ page: VueWrapper; asked: Asked[] }> {
  const asked = serve({ 'GET /queue': queue(current), 'GET /windows': { windows: [] }, 'GET /items': { items: [{ code: 'SB-0101', name: '养老保险参保登记', group: '社保', materials: [] }] }, ...more });
  const { page } = await open(CounterPage);
  return { page, asked };
}
async function at(current: unknown, more = {}): Promise<{ text: () => string; asked: Asked[] }> {
  const { page, asked } = await page_(current, more);
  return { text: () => page.text(), asked };
}

describe('the counter', () => {
  it('tells on its key whom it calls, why in this order, and who has waited too long', async () => {
    const { text } = await at(null);
    expect(text()).toContain('呼叫下一位 A013 李*');
    expect(text()).toContain('等候 34 分');
    expect(text()).toContain('长者优先');
  });

  it('asks after a call whether the person has come', async () => {
    const { text, asked } = await at(visit('called'), { 'POST /visits/v/start': visit('in_service') });
    expect(text()).toContain('A012 到窗了吗？');
    press('Enter');
    await settled();
    expect(written(asked).map((one) => one.path)).toEqual(['/visits/v/start']);
  });

  it('never closes a case by calling the next', async () => {
    const { text, asked } = await at(visit('in_service'), { 'POST /visits/v/finish': visit('finished') });
    press('F8');
    await settled();
    expect(text()).toContain('A012 尚未办结。');
    expect(written(asked)).toEqual([]);
    clock += 1_000;
    press('Escape');
    await settled();
    expect(text()).not.toContain('A012 尚未办结。');
  });

  it('calls the next once when F8 meets a finish that is under way', async () => {
    let answer: (visit: unknown) => void = () => {};
    const next = { ...visit('called'), id: 'w', ticket: 'A013', window: 2 };
    const more = { 'POST /visits/v/finish': () => new Promise((done) => { answer = done; }), 'POST /queue/call': next };
    const { text, asked } = await at(visit('in_service'), more);
    press('F10');
    await settled();
    for (let times = 0; times < 2; times += 1) {
      clock += 1_000;
      press('F8');
      await settled();
      expect(text()).not.toContain('尚未办结');
    }
    expect(written(asked).map((one) => one.path)).toEqual(['/visits/v/finish']);
    const calls = serve({ ...more, 'GET /queue': queue(next) });
    answer(visit('finished'));
    await settled();
    expect(written(calls).map((one) => one.path)).toEqual(['/queue/call']);
    expect(text()).toContain('A013 到窗了吗？');
  });

  it('asks when F8 met a finish that was not done: nothing is closed, nobody is called', async () => {
    const { text, asked } = await at(visit('in_service'), { 'POST /visits/v/finish': new Refusal(503, 'Busy') });
    press('F10');
    press('F8');
    await settled();
    expect(text()).toContain('A012 尚未办结。');
    expect(written(asked).map((one) => one.path)).toEqual(['/visits/v/finish']);
  });

  it('offers to take papers in while the line is cut and the item needs a system above', async () => {
    saysOfItself({ connected: false });
    const { text, asked } = await at(visit('in_service'), { 'POST /visits/v/finish': visit('finished') });
    expect(text()).toContain('该事项办结需上级业务系统。断网时可先收件登记，恢复后再办结。');
    press('F10');
    await settled();
    expect(written(asked)[0]?.body).toMatchObject({ outcome: 'received_only', rate: false });
  });

  it('prints the code with which the last who was served may rate later', async () => {
    const { text, asked } = await at(visit('in_service'), { 'POST /visits/v/finish': visit('finished'), 'POST /slips': { slip: 'f'.repeat(32), pages: 1, copy: 1, printed: false, problem: 'no_printer', numbers: [] } });
    press('F9');
    await settled();
    expect(written(asked)).toEqual([]);
    saysOfItself();
    press('F10');
    await settled();
    expect(text()).toContain('A012 打印评价码');
    press('F9');
    await settled();
    expect(written(asked).at(-1)?.body).toEqual({ kind: 'evaluation', id: 'v', paper: '80mm' });
    expect(text()).toContain('没有打印：没有可用的打印机。');
  });

  it('that lost its window does nothing more', async () => {
    useQueue().lost = true;
    const { text, asked } = await at(visit('called'));
    expect(text()).toContain('2号窗口已在另一处接管');
    press('F8');
    press('Enter');
    await settled();
    expect(written(asked)).toEqual([]);
  });

  it('saves what was typed about a person before the person goes', async () => {
    const { page, asked } = await page_(visit('in_service'), { 'PATCH /visits/v': visit('in_service'), 'POST /visits/v/finish': visit('finished') });
    await page.find('[name=visit-note]').setValue('行动不便');
    press('F10');
    await settled();
    expect(written(asked).map((one) => [one.method, one.path])).toEqual([['PATCH', '/visits/v'], ['POST', '/visits/v/finish']]);
  });

  it('offers nothing that writes while the node is gone', async () => {
    saysOfItself({ can_save: false });
    const { page } = await page_(visit('in_service'));
    const able = page.findAll('.current-visit button, .queue-list li button, .counter-foot .el-button--primary').filter((each) => each.attributes('disabled') === undefined);
    expect(able.map((each) => each.text())).toEqual([]);
  });

  it('says why a window could not be left', async () => {
    const { page } = await page_(null, { 'POST /windows/2/close': new Refusal(503, 'Busy') });
    await page.findAll('.day-counts button').find((each) => each.text() === '离开窗口')?.trigger('click');
    await settled();
    expect(useNotices().notices[0]?.failed).toBe(true);
  });
});
