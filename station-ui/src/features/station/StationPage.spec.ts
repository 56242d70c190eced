import { beforeEach, describe, expect, it } from 'vitest';
import { Refusal, open, saysOfItself, serve, settled, written } from '@/spec/node';
import { useSession } from '@/stores/session';
import StationPage from './StationPage.vue';
import StationStaff from './StationStaff.vue';
import StationWindows from './StationWindows.vue';

const member = (login: string, more = {}) => ({ login, display_name: login, role: 'clerk', disabled: false, has_secret: true, ...more });
const staff = { staff: [member('lizhan', { role: 'lead' }), member('wangmin'), member('huping', { disabled: true }), member('chenyu', { has_secret: false })] };
const button = (page: Awaited<ReturnType<typeof open>>['page'], text: string) => page.findAll('button').filter((each) => each.text() === text);
beforeEach(() => {
  saysOfItself();
  useSession().who = { csrf: 'c', staff: 'lizhan', display_name: '李站', role: 'lead', locked: false, expires_in_s: 1 };
});

describe('人员', () => {
  it('locks nobody out by one press, and never oneself', async () => {
    const asked = serve({ 'GET /staff': staff, 'POST /staff/wangmin/disable': member('wangmin', { disabled: true }) });
    const { page } = await open(StationStaff);
    expect(button(page, '停用')).toHaveLength(2);
    await button(page, '停用')[0]?.trigger('click');
    expect(written(asked)).toEqual([]);
    await button(page, '确认停用')[0]?.trigger('click');
    await settled();
    expect(written(asked).map((one) => one.path)).toEqual(['/staff/wangmin/disable']);
  });

  it('shows a one-time code with whom it is for', async () => {
    serve({ 'GET /staff': staff, 'POST /staff': { login: 'zhaolei', code: 'ABCD2345EFGH6789', expires_at_ms: 1 } });
    const { page } = await open(StationStaff);
    await page.find('[name=staff-login]').setValue('zhaolei');
    await page.find('[name=staff-name]').setValue('赵磊');
    await page.find('form').trigger('submit');
    await settled();
    expect(page.find('.station-code').text()).toContain('zhaolei');
    expect(page.find('.station-code strong').text()).toBe('ABCD2345EFGH6789');
  });

  it('sends no login that cannot be one', async () => {
    const asked = serve({ 'GET /staff': staff });
    const { page } = await open(StationStaff);
    for (const login of ['', '王敏', 'Wang Min']) {
      await page.find('[name=staff-login]').setValue(login);
      await page.find('[name=staff-name]').setValue('王敏');
      await page.find('form').trigger('submit');
      expect(page.text(), login).toContain('登录名只能用小写字母');
    }
    expect(written(asked)).toEqual([]);
  });
});

describe('窗口', () => {
  it('are numbered 1 to 99 and named', async () => {
    const asked = serve({ 'GET /windows': { windows: [] }, 'POST /windows': {} });
    const { page } = await open(StationWindows);
    for (const [number, good] of [['0', false], ['100', false], ['x', false], ['1', true], ['99', true]] as const) {
      await page.find('[name=window-number]').setValue(number);
      await page.find('[name=window-name]').setValue('社保');
      await page.find('form').trigger('submit');
      await settled();
      expect(page.text().includes('窗口号应为 1 到 99'), number).toBe(!good);
    }
    expect(written(asked).map((one) => one.body?.['number'])).toEqual([1, 99]);
  });

  it('that are refused keep what was typed', async () => {
    serve({ 'GET /windows': { windows: [] }, 'POST /windows': new Refusal(409, 'Conflict', 'number', '请换一个号。', '窗口号已用') });
    const { page } = await open(StationWindows);
    await page.find('[name=window-number]').setValue('2');
    await page.find('[name=window-name]').setValue('社保');
    await page.find('form').trigger('submit');
    await settled();
    expect(page.text()).toContain('窗口号已用');
    expect((page.find('[name=window-name]').element as HTMLInputElement).value).toBe('社保');
  });
});

describe('本站管理', () => {
  const lists = { 'GET /windows': { windows: [] }, 'GET /devices': { devices: [] }, 'GET /staff': staff };

  it('shows the values of the standard that this node enforces', async () => {
    serve({ ...lists, 'GET /policy': { version: '2026.1', values: [{ key: 'k', title: '午间预约截止', title_en: 'Noon cut-off', value: '60', unit: '分钟' }] } });
    const { page } = await open(StationPage);
    expect(page.findAll('h2')).toHaveLength(3);
    expect(page.find('summary').text()).toContain('2026.1');
    expect(page.find('dl').text()).toBe('午间预约截止60 分钟');
  });

  it('without them still has its windows, devices and staff', async () => {
    serve(lists);
    const { page } = await open(StationPage);
    expect(page.find('details').exists()).toBe(false);
    expect(page.text()).toContain('wangmin');
  });
});
