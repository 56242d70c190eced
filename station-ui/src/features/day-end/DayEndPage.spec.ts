import { beforeEach, describe, expect, it } from 'vitest';
import { NOW, Refusal, open, press, saysOfItself, serve, settled, written } from '@/spec/node';
import { useQueue } from '@/stores/queue';
import { useSession } from '@/stores/session';
import DayClose from './DayClose.vue';
import DayEndPage from './DayEndPage.vue';
import HandOver from './HandOver.vue';

const counts = { booked: 20, arrived: 18, finished: 31, walk_in: 13, off_hours: 6, cancelled: 1, no_show: 1, rated: 29, unrated: 2, complaints: 1 };
const left = [{ id: 'v', ticket: 'A014', name: '李*', item: 'SB-0101', state: 'waiting' }, { id: 'w', ticket: 'A015', name: null, item: 'SB-0101', state: 'on_hold' }];
const day = (more = {}) => ({ date: '2026-03-05', left: [], counts, pending: 37, safe_to_power_off: true, closed_at_ms: null, ...more });
const slip = { slip: 'f'.repeat(32), pages: 1, copy: 1, printed: true, problem: null, numbers: [] };
const OFF = '现在可以关机，数据都已存本机。';
const button = (page: Awaited<ReturnType<typeof open>>['page'], text: string) => page.findAll('button').find((each) => each.text().includes(text));
beforeEach(() => saysOfItself());

describe('日结', () => {
  it('says that the machine may be switched off only of a closed day, and only when the node says so', async () => {
    for (const [more, may] of [[{}, false], [{ closed_at_ms: NOW }, true], [{ closed_at_ms: NOW, safe_to_power_off: false }, false]] as const) {
      serve({ 'GET /day-close': day(more) });
      const { page } = await open(DayClose);
      expect(page.text().includes(OFF), JSON.stringify(more)).toBe(may);
      page.unmount();
    }
    serve({ 'GET /day-close': day({ closed_at_ms: NOW }) });
    saysOfItself({ can_save: false });
    expect((await open(DayClose)).page.text()).not.toContain(OFF);
  });

  it('asks about those who are left, and clears nobody silently', async () => {
    const asked = serve({ 'GET /day-close': day({ left }), 'POST /day-close': day({ closed_at_ms: NOW }), 'POST /slips': slip });
    const { page } = await open(DayClose);
    expect(page.text()).toContain('还有 2 人未办结：');
    expect(page.findAll('.day-left li').map((row) => row.text())).toEqual(['A014李* · SB-0101 · 等候', 'A015SB-0101 · 挂起']);
    expect(button(page, '日结并打印')).toBeUndefined();
    expect(written(asked)).toEqual([]);
    await button(page, '标记未办并电话告知')?.trigger('click');
    await settled();
    expect(written(asked).map((one) => [one.path, one.body])).toEqual([
      ['/day-close', { left: 'told_by_phone' }], ['/slips', { kind: 'day_close', date: '2026-03-05', paper: '80mm' }],
    ]);
    expect(page.text()).toContain(OFF);
  });

  it('that is refused prints nothing and says why', async () => {
    const asked = serve({ 'GET /day-close': day(), 'POST /day-close': new Refusal(507, 'StorageFull', '', '本次登记没有保存，请先手写登记并告知站长。', '无法保存：本机存储空间不足') });
    const { page } = await open(DayClose);
    await button(page, '日结并打印')?.trigger('click');
    await settled();
    expect(page.text()).toContain('无法保存：本机存储空间不足');
    expect(page.text()).not.toContain(OFF);
    expect(written(asked)).toHaveLength(1);
  });

  it('tells what has not left, and never 0 when it is not known', async () => {
    serve({ 'GET /day-close': day() });
    expect((await open(DayClose)).page.text()).toContain('待上报 37 条');
    serve({ 'GET /day-close': day({ pending: null }) });
    expect((await open(DayClose)).page.text()).toContain('待上报数量读取失败');
  });
});

describe('交班', () => {
  it('tells what the next one takes over, and signs out with the window kept', async () => {
    const asked = serve({ 'POST /sign-out': null });
    useSession().who = { csrf: 'c', staff: 'wangmin', display_name: '王敏', role: 'clerk', locked: false, expires_in_s: 1 };
    useQueue().seat = { seat: 'a'.repeat(32), number: 2 };
    useQueue().queue = { counts: { waiting: 9, held: 1 }, current: { ticket: 'A012' } } as never;
    saysOfItself({ chip: { state: 'offline', pending: 37, to_city: 37, since_ms: NOW, days: 1, agreed_days: 3 } });
    const { page } = await open(HandOver);
    expect(page.text()).toContain('交接: 等候 9 挂起 1 待上报 37');
    expect(page.text()).toContain('2号窗口和排队保留');
    expect(page.text()).toContain('A012 正在办理，留给下一位继续。');
    await page.find('button').trigger('click');
    await settled();
    expect(written(asked).map((one) => one.path)).toEqual(['/sign-out']);
    expect(useSession().who).toBeNull();
    expect(useQueue().number).toBe(2);
  });

  it('that got no answer leaves everybody where they are', async () => {
    serve({});
    useSession().who = { csrf: 'c', staff: 'wangmin', display_name: '王敏', role: 'clerk', locked: false, expires_in_s: 1 };
    const { page } = await open(HandOver);
    await page.find('button').trigger('click');
    await settled();
    expect(page.find('[role=alert]').text()).toContain('NET-02');
    expect(useSession().open).toBe(true);
  });
});

describe('交班与日结', () => {
  it('stand beside each other, and Esc leads back to the counter', async () => {
    serve({ 'GET /day-close': day(), 'GET /items': { items: [] }, 'GET /queue': { counts: { waiting: 9, held: 1 }, waiting: [], current: null } });
    const { page, router } = await open(DayEndPage, { path: '/day-end' });
    expect(page.findAll('h2').map((each) => each.text())).toEqual(['交班', '日结']);
    expect(page.text()).toContain('交接: 等候 9 挂起 1');
    press('Escape');
    await settled();
    expect(router.currentRoute.value.path).toBe('/');
  });
});
