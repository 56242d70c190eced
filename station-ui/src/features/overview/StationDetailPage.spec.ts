import { beforeEach, describe, expect, it } from 'vitest';
import { NOW, Refusal, open, press, saysOfItself, serve, settled } from '@/spec/node';
import StationDetailPage from './StationDetailPage.vue';

const NODE = '5f0c6d2a9b1e4f7788a0c3d2e1f40516';
const station = (more = {}) => ({ node: NODE, name: '荫营镇', division: '1403/140311/140311100', state: 'agreed_offline', last_contact_ms: Date.UTC(2026, 2, 2, 10, 20), offline_days: 2, agreed_days: 3, booked: 0, finished: 0, reported: false, satisfaction_pct: null, ...more });
const totals = { booked: 3, confirmed: 2, waitlisted: 0, arrived: 1, finished: 1, off_hours: 0, off_noon: 0, off_flex: 0, off_overtime: 0, off_weekend: 0, off_holiday: 0, average_wait_min: null, rated: 0, l5: 0, l4: 0, l3: 0, l2: 0, l1: 0 };
const detail = (more = {}) => ({
  date: '2026-03-05', station: station(), totals: { ...totals, booked: 0 }, member_since_ms: NOW, certificate_ends_ms: NOW, changes: 412, written_ms: Date.UTC(2026, 2, 2, 10, 19), appointments: [], windows: [], log: [{ at_ms: NOW, peer: '5f0c6d2a', event: 'lost', changes: 0, bytes: 0, detail: '' }], ...more,
});
beforeEach(() => saysOfItself({ role: 'hub' }));

describe('站点详情', () => {
  const at = { path: `/stations/${NODE}`, route: '/stations/:node' };

  it('shows the last contact of a station that is silent, and says what is not known', async () => {
    const names = { '1403': '阳泉市', '1403/140311': '郊区', '1403/140311/140311100': '荫营镇' };
    const divisions = Object.entries(names).map(([path, name]) => ({ path, name, code: '' }));
    const asked = serve({ [`GET /stations/${NODE}`]: detail(), 'GET /items': { items: [] }, 'GET /divisions': { divisions } });
    const { page } = await open(StationDetailPage, at);
    expect(asked.find((one) => one.path.startsWith('/stations'))?.query.get('date')).toBe('2026-03-05');
    expect(page.text()).toContain('最近联系3月2日 18:20');
    expect(page.text()).toContain('约定联系间隔3 天');
    expect(page.text()).toContain('区划阳泉市 · 郊区 · 荫营镇');
    expect(page.text()).toContain('当日数据未收齐：最近联系 3月2日 18:20。之后的数字不是 0，是未知。');
    expect(page.findAll('.figure-cards strong').map((each) => each.text())).toEqual(['?', '≥1', '≥1', '?', '—', '—']);
    expect(page.findAll('.figure-cards dl div').map((each) => each.text())).toEqual(['已确认≥2', '午间?', '早晚错时?', '延时?', '周末?', '节假日?']);
    expect(page.text()).toContain('这里还没有收到该站当日的预约。');
    expect(page.text()).not.toContain('停止服务');
  });

  it('has what arrived from it and the last exchanges in tabs', async () => {
    serve({ [`GET /stations/${NODE}`]: detail(), 'GET /items': { items: [] } });
    const { page } = await open(StationDetailPage, at);
    const tab = (text: string) => page.findAll('.station-tabs button').find((each) => each.text() === text);
    await tab('上报')?.trigger('click');
    expect(page.text()).toContain('412');
    await tab('日志')?.trigger('click');
    expect(page.text()).toContain('线路断开');
  });

  it('shows its windows as they have arrived, and says what is not sent', async () => {
    const windows = [{ number: 1, name: '综合', closed: false }, { number: 2, name: '社保', closed: true }];
    serve({ [`GET /stations/${NODE}`]: detail({ windows }), 'GET /items': { items: [] } });
    const { page } = await open(StationDetailPage, at);
    await page.findAll('.station-tabs button').find((each) => each.text() === '设备')?.trigger('click');
    expect(page.findAll('tbody tr').map((row) => row.text())).toEqual(['1号窗口综合开放', '2号窗口社保暂停服务']);
    expect(page.text()).toContain('软件版本、磁盘空间和大厅外设不随数据上报');
    serve({ [`GET /stations/${NODE}`]: detail(), 'GET /items': { items: [] } });
    const other = (await open(StationDetailPage, at)).page;
    await other.findAll('.station-tabs button').find((each) => each.text() === '设备')?.trigger('click');
    expect(other.text()).toContain('这里还没有收到该站的窗口设置。');
  });

  it('that nobody knows is said to be so', async () => {
    serve({ [`GET /stations/${NODE}`]: new Refusal(404, 'NotFound', 'node', '请核对编号；可能已不在本站。', '没有找到'), 'GET /items': { items: [] } });
    const { page } = await open(StationDetailPage, at);
    await settled();
    expect(page.find('[role=alert]').text()).toContain('没有找到');
  });

  it('of another day is asked for, and Esc leads back', async () => {
    const asked = serve({ [`GET /stations/${NODE}`]: detail(), 'GET /items': { items: [] } });
    const { page, router } = await open(StationDetailPage, at);
    await page.find('input[type=date]').setValue('2026-03-04');
    await settled();
    expect(asked.at(-1)?.query.get('date')).toBe('2026-03-04');
    press('Escape');
    await settled();
    expect(router.currentRoute.value.path).toBe('/');
  });
});
