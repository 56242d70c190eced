import { beforeEach, describe, expect, it } from 'vitest';
import { tellEvent } from '@/spec/events';
import { open, saysOfItself, serve, settled, written, type Page } from '@/spec/node';
import { useSession } from '@/stores/session';
import HelpBar from './HelpBar.vue';

const who = { csrf: 'c', staff: 'wangmin', display_name: '王敏', role: 'clerk', locked: false, expires_in_s: 1 };
const asks = (more = {}) => ({ login: 'zhaolei', name: '赵磊', window: 2, waiting_s: 0, coming: null, ...more });
async function told(...calls: object[]): Promise<Page['page']> {
  serve({ 'GET /sign-in': who, 'GET /help': { calls: [] } });
  await useSession().resume();
  const { page } = await open(HelpBar);
  tellEvent('help', { calls });
  await settled();
  return page;
}
beforeEach(() => saysOfItself());

describe('the bar of a call for help', () => {
  it('alerts a colleague, who says that they come', async () => {
    const page = await told(asks());
    expect(page.find('[role=alert]').text()).toContain('2号窗口 · 赵磊 求助');
    const asked = serve({ 'POST /help/zhaolei/come': { calls: [asks({ coming: '王敏' })] } });
    await page.find('button').trigger('click');
    await settled();
    expect(written(asked)[0]?.path).toBe('/help/zhaolei/come');
    expect(page.find('[role=status]').text()).toContain('您正前往：2号窗口 · 赵磊');
  });

  it('tells others that somebody is on the way, and asks nothing more of them', async () => {
    const page = await told(asks({ coming: '李站', window: null }));
    expect(page.text()).toContain('李站 正前往：赵磊');
    expect(page.find('button').exists()).toBe(false);
  });

  it('tells who asked that they were heard, who comes, and ends it', async () => {
    const mine = { login: 'wangmin', name: '王敏' };
    const page = await told(asks(mine));
    expect(page.text()).toContain('已向同事求助，等待回应');
    tellEvent('help', { calls: [asks({ ...mine, coming: '李站' })] });
    await settled();
    expect(page.text()).toContain('李站 正在过来');
    const asked = serve({ 'POST /help/wangmin/end': { calls: [] } });
    await page.find('button').trigger('click');
    await settled();
    expect(written(asked)[0]?.path).toBe('/help/wangmin/end');
    expect(page.find('.help-bar').exists()).toBe(false);
  });

  it('is asked for by who signs in later', async () => {
    serve({ 'GET /sign-in': who, 'GET /help': { calls: [asks()] } });
    const { page } = await open(HelpBar);
    expect(page.find('.help-bar').exists()).toBe(false);
    await useSession().resume();
    await settled();
    expect(page.text()).toContain('赵磊 求助');
  });
});
