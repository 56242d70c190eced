import { beforeEach, describe, expect, it } from 'vitest';
import { NOW, open, saysOfItself, type Page } from '@/spec/node';
import { useItems } from '@/stores/items';
import CurrentVisit from './CurrentVisit.vue';

const visit = (state: string, more = {}) => ({
  id: 'v', ticket: 'A012', state, item: 'SB-0101', name: '张*', slot: '10:30', period: 'noon', arrived_at_ms: NOW - 1_440_000, called_at_ms: NOW - 720_000, calls: 2, started_at_ms: NOW - 271_000, note: null, upstream: true, rung: 'saved', priority: 'none', ...more,
});
beforeEach(() => {
  saysOfItself();
  useItems().items = [{ code: 'SB-0101', name: '养老保险参保登记', group: '社保', materials: ['身份证', '户口本'] }] as never;
});
const at = (state: string, more = {}, props = {}): Promise<Page> => open(CurrentVisit, { props: { visit: visit(state, more), busy: false, asking: false, note: '', recallWaitS: 0, ...props } });
const press = async (page: Page['page'], text: string): Promise<void> => { await page.findAll('button').find((each) => each.text().includes(text))?.trigger('click'); };

describe('who was called', () => {
  it('is asked for, with what one has to know', async () => {
    const { page } = await at('called');
    expect(page.text()).toContain('A012 到窗了吗？');
    expect(page.text()).toContain('已等 12 分');
    expect(page.text()).toContain('预约 10:30 · 已签到 10:18');
    expect(page.text()).toContain('材料 身份证 · 户口本');
    expect(page.text()).toContain('午间无休');
    expect(page.text()).toContain('养老保险参保登记 SB-0101');
    for (const name of ['开始办理', '重呼', '过号']) await press(page, name);
    expect(Object.keys(page.emitted()).filter((name) => ['start', 'recall', 'miss'].includes(name))).toEqual(['start', 'recall', 'miss']);
  });

  it('is told apart from who acts for them', async () => {
    expect((await at('called')).page.text()).not.toContain('代办');
    expect((await at('called', { agent: '李*' })).page.text()).toContain('代办 李*');
  });

  it('is not called again within the wait', async () => {
    const { page } = await at('called', {}, { recallWaitS: 9 });
    const again = page.findAll('button').find((each) => each.text().includes('重呼 9 秒'));
    expect(again?.attributes('disabled')).toBeDefined();
  });
});

describe('who is being served', () => {
  it('has a note that is given on as it is typed, and kept when the field is left', async () => {
    const { page } = await at('in_service', {}, { note: '子女陪同' });
    const note = page.find('[name=visit-note]');
    expect((note.element as HTMLInputElement).value).toBe('子女陪同');
    await note.setValue('行动不便');
    expect(page.emitted('update:note')?.at(-1)).toEqual(['行动不便']);
    await note.trigger('change');
    expect(page.emitted('keep')).toBeDefined();
  });

  it('shows how long, and how far the record has come', async () => {
    const { page } = await at('in_service');
    expect(page.find('.current-clock').text()).toContain('04:31');
    expect(page.text()).toContain('已存本机');
    expect((await at('in_service', { rung: 'received' })).page.find('.yz-badge').exists()).toBe(false);
  });

  it('is not finished, but received, while the line is cut and the item needs a system above', async () => {
    saysOfItself({ connected: false });
    const { page } = await at('in_service');
    expect(page.find('.current-amber').text()).toContain('该事项办结需上级业务系统。');
    await press(page, '收件并约回访');
    expect(page.emitted('receive')).toHaveLength(1);
    expect(page.text()).not.toContain('办结并请评价');
    expect((await at('in_service', { upstream: false })).page.text()).toContain('办结并请评价');
    expect((await at('in_service', {}, { asking: true })).page.find('[role=alert]').text()).toContain('收件并叫下一位');
  });

  it('is asked about before the next is called', async () => {
    const { page } = await at('in_service', {}, { asking: true });
    expect(page.find('[role=alert]').text()).toContain('A012 尚未办结。');
    await press(page, '办结并叫下一位');
    await press(page, '继续办理');
    expect([page.emitted('finishAndCall'), page.emitted('stay')]).toEqual([[[]], [[]]]);
  });
});
