import { beforeEach, describe, expect, it } from 'vitest';
import { tellEvent } from '@/spec/events';
import { Refusal, saysOfItself, serve, settled, written } from '@/spec/node';
import { useHelp } from './help';
import { useNotices } from './notices';
import { useQueue } from './queue';
import { useSession } from './session';

const who = { csrf: 'c', staff: 'wangmin', display_name: '王敏', role: 'clerk', locked: false, expires_in_s: 1 };
const asks = (login: string, more = {}) => ({ login, name: login, window: 2, waiting_s: 0, coming: null, ...more });
beforeEach(async () => {
  sessionStorage.clear();
  saysOfItself();
  serve({ 'GET /sign-in': who });
  await useSession().resume();
});

describe('calls for help', () => {
  it('say at which window one sits, if at any', async () => {
    const asked = serve({ 'POST /help': { calls: [asks('wangmin')] } });
    const help = useHelp();
    await help.ask();
    useQueue().seat = { seat: 'a'.repeat(32), number: 2 };
    await help.ask();
    expect(written(asked).map((one) => one.body)).toEqual([{}, { window: 2 }]);
    expect(help.shown.map(help.isMine)).toEqual([true]);
  });

  it('are known as soon as the node tells them, and asked for when events were missed', async () => {
    const help = useHelp();
    const stop = help.start();
    tellEvent('help', { calls: [asks('zhaolei')] });
    expect(help.shown.map((each) => each.login)).toEqual(['zhaolei']);
    expect(help.shown.map(help.isMine)).toEqual([false]);
    serve({ 'GET /help': { calls: [] } });
    tellEvent('reset');
    await settled();
    expect(help.shown).toEqual([]);
    stop();
  });

  it('are answered and ended; one that is over meanwhile is said to be, and goes', async () => {
    const help = useHelp();
    const asked = serve({ 'POST /help/zhaolei/come': { calls: [asks('zhaolei', { coming: '王敏' })] }, 'POST /help/zhaolei/end': new Refusal(404, 'NotFound', 'login'), 'GET /help': { calls: [] } });
    await help.come('zhaolei');
    expect(help.shown[0]?.coming).toBe('王敏');
    await help.end('zhaolei');
    expect(written(asked).map((one) => one.path)).toEqual(['/help/zhaolei/come', '/help/zhaolei/end']);
    expect(useNotices().notices[0]?.failed).toBe(true);
    expect(help.shown).toEqual([]);
  });

  it('are not shown to nobody', async () => {
    const help = useHelp();
    const stop = help.start();
    tellEvent('help', { calls: [asks('zhaolei')] });
    useSession().$patch({ who: null });
    await settled();
    expect(help.shown).toEqual([]);
    stop();
  });
});
