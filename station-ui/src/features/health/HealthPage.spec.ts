import { beforeEach, describe, expect, it, vi } from 'vitest';
import { NOW, Refusal, open, saysOfItself, serve, settled, written } from '@/spec/node';
import { useNotices } from '@/stores/notices';
import { useSession } from '@/stores/session';
import HealthPage from './HealthPage.vue';

const check = (id: string, verdict: string, value: number | null = null, found = '', values = {}) => ({ id, verdict, value, found, with: values });
const report = (...checks: unknown[]) => ({ checked_at_ms: NOW, verified_at_ms: null, checks });
const as = (role: 'clerk' | 'lead'): void => { useSession().who = { csrf: 'c', staff: 'x', display_name: 'x', role, locked: false, expires_in_s: 1 }; };
beforeEach(() => { saysOfItself(); as('lead'); });

describe('本机健康', () => {
  it('puts first what has to be done, with what to do, and folds what is well', async () => {
    serve({ 'GET /health': report(check('ST-02', 'warn', 3, 'low', { free: '1.9 GB', next: '200 MB' }), check('ST-04', 'unknown'), check('OS-05', 'ok')) });
    const { page } = await open(HealthPage);
    expect(page.findAll('.health-open li').map((each) => each.text())).toEqual([
      expect.stringContaining('可用空间还有 1.9 GB，少于 200 MB 时必须处理ST-02请清理磁盘或更换更大的磁盘。'), expect.stringContaining('尚未检查'),
    ]);
    expect(page.find('summary').text()).toBe('通过 1 项');
    serve({ 'GET /health': report(check('ID-01', 'unknown'), check('ST-02', 'warn'), check('ST-04', 'unknown'), check('SV-02', 'fail')) });
    const urgent = (await open(HealthPage)).page.findAll('.health-open li').map((each) => /[A-Z]{2}-\d{2}/.exec(each.text())?.[0]);
    expect(urgent).toEqual(['SV-02', 'ST-02', 'ID-01', 'ST-04']);
    expect(page.text()).toContain('启动以来未核对');
    expect(page.find('.health-facts').exists()).toBe(true);
  });

  it('says so when nothing has to be done', async () => {
    serve({ 'GET /health': report(check('OS-05', 'ok')) });
    expect((await open(HealthPage)).page.text()).toContain('本机没有需要处理的问题');
  });

  it('lets the lead verify all records, and a clerk not', async () => {
    const asked = serve({ 'GET /health': report(), 'POST /health/verify': { ok: false, changes: 5, findings: [{}, {}] } });
    const { page } = await open(HealthPage);
    await page.find('button').trigger('click');
    await settled();
    expect(written(asked)).toHaveLength(1);
    expect(useNotices().notices[0]).toMatchObject({ text: '核对发现 2 处不符，请联系市级，不要重装', failed: true });
    as('clerk');
    expect((await open(HealthPage)).page.findAll('button').map((each) => each.text())).toEqual(['复制诊断信息']);
  });

  it('gives who helps from afar what the node says of itself', async () => {
    const writeText = vi.fn<(text: string) => Promise<void>>(() => Promise.resolve());
    vi.stubGlobal('navigator', { ...navigator, clipboard: { writeText } });
    serve({ 'GET /health': report(check('ST-02', 'warn', 3)) });
    const { page } = await open(HealthPage);
    await page.findAll('button').find((each) => each.text() === '复制诊断信息')?.trigger('click');
    await settled();
    expect(writeText.mock.calls[0]?.[0]).toContain('id=ST-02 verdict=warn value=3');
    expect(useNotices().notices[0]?.text).toBe('诊断信息已复制，不含个人信息');
    vi.unstubAllGlobals();
  });

  it('hands the lead one file for who helps, and says so when that fails', async () => {
    vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:x');
    vi.spyOn(URL, 'revokeObjectURL').mockImplementation(() => {});
    const clicked = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
    const asked = serve({ 'GET /health': report(), 'GET /health/package': { any: 'bytes' } });
    const { page } = await open(HealthPage);
    const button = page.findAll('button').find((each) => each.text() === '导出诊断包（不含个人信息）');
    await button?.trigger('click');
    await settled();
    expect(asked.filter((one) => one.path === '/health/package')).toHaveLength(1);
    expect(clicked).toHaveBeenCalledOnce();
    expect(useNotices().notices[0]?.text).toContain('已导出');
    serve({ 'GET /health/package': new Refusal(503, 'Busy') });
    await button?.trigger('click');
    await settled();
    expect(page.find('[role=alert]').exists()).toBe(true);
  });

  it('that cannot be read claims nothing', async () => {
    serve({ 'GET /health': new Refusal(503, 'Busy') });
    const { page } = await open(HealthPage);
    expect(page.find('[role=alert]').exists()).toBe(true);
    expect(page.text()).not.toContain('没有需要处理的问题');
  });
});
