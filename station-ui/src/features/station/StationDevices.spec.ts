import { beforeEach, describe, expect, it } from 'vitest';
import { NOW, Refusal, open, saysOfItself, serve, settled, written, type Asked, type Page } from '@/spec/node';
import StationDevices from './StationDevices.vue';

const device = (more = {}) => ({ device: '5f0c6d2a9b1e4f77', kind: 'display', name: '大厅', window: null, paired: true, seen_at_ms: NOW - 60_000, ...more });
beforeEach(() => saysOfItself());
async function at(more: Record<string, unknown> = {}): Promise<Page & { asked: Asked[] }> {
  const asked = serve({ 'GET /devices': { devices: [device({ name: '大厅显示屏' }), device({ device: '00', kind: 'eval', name: '平板', window: 2, paired: false, seen_at_ms: null })] }, ...more });
  return { ...(await open(StationDevices)), asked };
}
async function add(page: Page['page'], kind: string, name: string, number = ''): Promise<void> {
  await page.find('[name=device-kind]').setValue(kind);
  await page.find('[name=device-name]').setValue(name);
  if (kind === 'eval') await page.find('[name=device-window]').setValue(number);
  await page.find('form').trigger('submit');
  await settled();
}

describe('the devices of the hall', () => {
  it('are listed with their window, and when each was seen', async () => {
    const rows = (await at()).page.findAll('li').map((each) => each.text());
    expect(rows[0]).toContain('大厅显示屏');
    expect(rows[0]?.match(/大厅显示屏/g)).toHaveLength(1); // named as what it is: said once
    expect(rows[0]).toContain('10:41');
    expect(rows[1]).toContain('2号窗口');
    expect(rows[1]).toContain('未配对');
  });

  it('are added with a name, and a tablet with its window of 1 to 99', async () => {
    const { page, asked } = await at({ 'POST /devices': { device: device({ device: '77', name: '平板', paired: false }), code: 'K7QM2XVA' } });
    await add(page, 'display', '  ');
    for (const number of ['', '0', '100', '1.5']) await add(page, 'eval', '平板', number);
    expect(written(asked)).toEqual([]);
    expect(page.find('[role=alert]').exists()).toBe(true);
    await add(page, 'eval', '平板', '2');
    expect(written(asked)[0]?.body).toEqual({ kind: 'eval', name: '平板', window: 2 });
    expect(page.find('[role=alert]').exists()).toBe(false);
    expect(page.find('.station-code strong').text()).toBe('K7QM 2XVA');
    expect((page.find('[name=device-name]').element as HTMLInputElement).value).toBe('');
  });

  it('that are refused keep what was typed', async () => {
    const { page } = await at({ 'POST /devices': new Refusal(409, 'LimitExceeded', 'devices', '请先移除不用的。', '设备太多') });
    await add(page, 'ticket', '取号机');
    expect(page.find('[role=alert]').text()).toContain('设备太多');
    expect((page.find('[name=device-name]').element as HTMLInputElement).value).toBe('取号机');
  });

  it('are removed with a second press only', async () => {
    const { page, asked } = await at({ 'POST /devices/5f0c6d2a9b1e4f77/remove': {} });
    await page.find('li button').trigger('click');
    expect(written(asked)).toEqual([]);
    await page.find('li button').trigger('click');
    await settled();
    expect(written(asked).map((one) => one.path)).toEqual(['/devices/5f0c6d2a9b1e4f77/remove']);
  });

  it('that cannot be read are not said to be none', async () => {
    const { page } = await at({ 'GET /devices': new Refusal(503, 'Busy') });
    expect(page.find('[role=alert]').exists()).toBe(true);
    expect(page.find('ul').exists()).toBe(false);
    expect((await at({ 'GET /devices': { devices: [] } })).page.text()).toContain('还没有');
  });
});
