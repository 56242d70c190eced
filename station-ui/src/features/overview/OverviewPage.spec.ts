import { beforeEach, describe, expect, it } from 'vitest';
import { NOW, open, saysOfItself, serve } from '@/spec/node';
import OverviewPage from './OverviewPage.vue';

const NODE = '5f0c6d2a9b1e4f7788a0c3d2e1f40516';
const station = (more = {}) => ({ node: NODE, name: '荫营镇', division: '1403/140311/140311100', state: 'agreed_offline', last_contact_ms: Date.UTC(2026, 2, 2, 10, 20), offline_days: 2, agreed_days: 3, booked: 0, finished: 0, reported: false, satisfaction_pct: null, ...more });
const totals = { booked: 3, confirmed: 2, waitlisted: 0, arrived: 1, finished: 1, off_hours: 0, off_noon: 0, off_flex: 0, off_overtime: 0, off_weekend: 0, off_holiday: 0, average_wait_min: null, rated: 0, l5: 0, l4: 0, l3: 0, l2: 0, l1: 0 };
const overview = (more = {}) => ({ date: '2026-03-05', as_of_ms: NOW, stations_expected: 3, stations_reported: 2, complete: false, totals, attention: 1, stations: [station(), station({ node: '', name: '新安镇', state: 'invited', last_contact_ms: null })], days: [], ...more });
beforeEach(() => saysOfItself({ role: 'hub' }));

describe('总览', () => {
  it('gives no figure without how many have reported, and a silent station is unknown', async () => {
    serve({ 'GET /overview': overview() });
    const { page } = await open(OverviewPage);
    expect(page.text()).toContain('数据完整度 2/3 站');
    expect(page.text()).toContain('3*');
    expect(page.findAll('tbody tr')[0]?.findAll('td').map((cell) => cell.text())).toEqual(['荫营镇', '! 按约定离线 2 天', '3月2日 18:20', '?', '?', '—']);
    expect(page.text()).toContain('* 含 1 站截至 3月2日 18:20 的数据；失联站的数字不是 0，是未知。');
    expect(page.text()).toContain('3月5日 周四');
    expect(page.text()).not.toContain('数据截至'); // nobody has reported here
  });

  it('says of the bookings how many are certain, and of the off-hours service what kind it was', async () => {
    const served = { ...totals, booked: 9, confirmed: 7, waitlisted: 1, off_hours: 15, off_noon: 5, off_flex: 4, off_overtime: 3, off_weekend: 2, off_holiday: 1 };
    serve({ 'GET /overview': overview({ totals: served }) });
    const { page } = await open(OverviewPage);
    const parts = (name: string): string[] => page.findAll('.figure-cards li').filter((card) => card.find('span').text() === name).flatMap((card) => card.findAll('dl div').map((each) => each.text()));
    expect(parts('预约')).toEqual(['已确认7*', '候补1*']);
    expect(parts('无休办件')).toEqual(['午间5*', '早晚错时4*', '延时3*', '周末2*', '节假日1*']);
    expect(parts('需要处理')).toEqual([]);
  });

  it('leads to each station that has joined, and to none that has not', async () => {
    serve({ 'GET /overview': overview({ complete: true, stations_reported: 3, stations: [station({ reported: true, last_contact_ms: NOW - 120_000 })] }) });
    const { page } = await open(OverviewPage);
    expect(page.findAll('tbody a').map((link) => link.attributes('href'))).toEqual([`/stations/${NODE}`]);
    expect(page.text()).not.toContain('3*');
    expect(page.text()).toContain('数据截至 10:40');
  });

  it('claims no moment for a station that was never heard', async () => {
    serve({ 'GET /overview': overview({ stations: [station({ last_contact_ms: null })] }) });
    expect((await open(OverviewPage)).page.text()).toContain('* 1 站尚未收齐；失联站的数字不是 0，是未知。');
  });
});
