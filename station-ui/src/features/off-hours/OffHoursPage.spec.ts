import { beforeEach, describe, expect, it } from 'vitest';
import { tellEvent } from '@/spec/events';
import { NOW, open, saysOfItself, serve, settled, type Asked } from '@/spec/node';
import OffHoursPage from './OffHoursPage.vue';

const period = (kind: string, begin: string, end: string, cutoff_ms: number | null = null) => ({ kind, begin, end, booking_only: false, bookable: true, cutoff_ms, over: false });
const days = [
  { date: '2026-03-05', kind: 'workday', name: '', known: true, weekday: 4, periods: [period('regular', '08:30', '12:00'), period('noon', '12:00', '14:30', NOW + 1_050_000)] },
  { date: '2026-03-07', kind: 'weekend', name: '', known: true, weekday: 6, periods: [period('weekend', '09:00', '12:00')] },
  { date: '2027-01-04', kind: 'workday', name: '', known: false, weekday: 1, periods: [] },
];
const row = (window: string, kind: string | null, life = 'confirmed') => ({ id: window, number: 'n', item: 'SB-0101', date: '2026-03-05', window, name: '张*', phone_tail: '5678', life, rung: 'received', tasks: [], station: '1403', period: kind });
const answers = (more: Record<string, unknown> = {}) => ({
  'GET /items': { items: [] }, 'GET /queue': { waiting: [], counts: { off_hours: 6 } }, 'GET /calendar': { days },
  'GET /slots': { slots: [{ window: '12:10', period: 'noon', capacity: 4, taken: 2, free: 1, cutoff_ms: null, over: false }] },
  'POST /records/search': { rows: [row('12:30', 'noon'), row('12:10', 'noon', 'fulfilled'), row('09:00', 'regular')], next: null, total: 3 }, ...more,
});
beforeEach(() => saysOfItself({ period: 'noon' }));

describe('无休服务', () => {
  it('says which hours it is now, what was done off hours, and when booking ends', async () => {
    serve(answers());
    const { page } = await open(OffHoursPage);
    expect(page.text()).toContain('现在是午间无休');
    expect(page.text()).toContain('今日无休办结 6 件（含现场）');
    expect(page.text()).toContain('午间预约还有 18 分钟截止');
    expect(page.findAll('tbody tr').map((each) => each.text())).toEqual(['工作时段08:30–12:00现场、预约都可00', '午间无休12:00–14:30现场、预约都可11:00 截止21']);
  });

  it('lists who is served off hours, by window, and nobody else', async () => {
    serve(answers());
    const { page } = await open(OffHoursPage);
    expect(page.findAll('.off-list li').map((each) => each.find('strong').text())).toEqual(['12:10', '12:30']);
    expect(page.find('.off-list h2').text()).toContain('午间 2 · 已办 1/2');
  });

  it('shows another day when it is chosen, and says that one is not announced yet', async () => {
    serve(answers());
    const { page } = await open(OffHoursPage);
    const asked: Asked[] = serve(answers({ 'GET /slots': { slots: [] }, 'POST /records/search': { rows: [], next: null, total: 0 } }));
    await page.findAll('.off-strip button')[1]?.trigger('click');
    await settled();
    expect(asked.map((one) => one.query.get('date') ?? one.body?.['from'])).toEqual(['2026-03-07', '2026-03-07']);
    expect(page.text()).toContain('这一天还没有无休预约。');
    await page.findAll('.off-strip button')[2]?.trigger('click');
    await settled();
    expect(page.text()).toContain('放假安排尚未公布，暂不能预约');
  });

  it('names the windows on duty, and follows when one is taken or left', async () => {
    const window = (held_by: string | null) => ({ windows: [{ number: 2, name: '综合', groups: [], closed: false, held_by, held_since_ms: null, ticket: null, state: 'open' }] });
    serve(answers({ 'GET /windows': window('王敏') }));
    const { page } = await open(OffHoursPage);
    expect(page.find('header').text()).toContain('在岗窗口 2');
    serve(answers({ 'GET /windows': window(null) }));
    tellEvent('window', { window: 2, seat: null });
    await settled();
    expect(page.find('header').text()).toContain('现在没有窗口在岗');
  });
});
