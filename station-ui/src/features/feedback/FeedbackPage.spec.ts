import { beforeEach, describe, expect, it } from 'vitest';
import { NOW, Refusal, open, saysOfItself, serve, settled, written } from '@/spec/node';
import { useSession } from '@/stores/session';
import { useNotices } from '@/stores/notices';
import ComplaintIntake from './ComplaintIntake.vue';
import ComplaintList from './ComplaintList.vue';
import FeedbackPage from './FeedbackPage.vue';
import RatingSummary from './RatingSummary.vue';

const summary = { date: '2026-03-05', levels: { l5: 20, l4: 6, l3: 2, l2: 1, l1: 0 }, rated: 29, unrated: 2, declined: 1 };
const queue = { next: null, waiting: [], current: null, counts: { rated: 29, unrated: 2 } };
const receipt = { id: 'abc', number: '140311100-0305-0021-2', at_ms: NOW, rung: 'saved' };
const slip = { slip: 'f'.repeat(32), pages: 1, copy: 1, printed: true, problem: null, numbers: [] };
const as = (role: 'clerk' | 'lead'): void => { useSession().who = { csrf: 'c', staff: 'x', display_name: 'x', role, locked: false, expires_in_s: 1 }; };
beforeEach(() => saysOfItself());

describe('评价与投诉', () => {
  it('shows a clerk how many were rated, and never a level', async () => {
    as('clerk');
    const asked = serve({ 'GET /queue': queue });
    const { page } = await open(FeedbackPage);
    expect(page.text()).toContain('今日 已评 29 未评 2');
    expect(page.text()).not.toContain('满意');
    expect(asked.map((one) => one.path)).toEqual(['/queue']);
  });

  it('of a level above asks for nothing that only a station has', async () => {
    as('lead');
    saysOfItself({ role: 'hub' });
    const asked = serve({ 'GET /complaints': { complaints: [], next: null } });
    const { page } = await open(FeedbackPage);
    expect(page.text()).not.toContain('今日');
    expect(asked.filter((one) => !['/complaints', '/divisions'].includes(one.path))).toEqual([]);
  });

  it('shows the lead each level beside those that were not given', async () => {
    serve({ 'GET /evaluations/summary': summary });
    const { page } = await open(RatingSummary);
    expect(page.findAll('dd').map((each) => each.text())).toEqual(['20', '6', '2', '1', '0']);
    expect(page.text()).toContain('已评 29 · 未评 2 · 不评价 1');
    expect(page.findAll('.is-bad')).toHaveLength(2);
  });

  it('lists complaints without the person who complained', async () => {
    const row = { id: 'a', number: '140311100-0305-0021-2', about: 'staff', fact: 'attitude', at_ms: NOW, occurred_at_ms: NOW - 3_600_000, anonymous: true, state: 'registered', rung: 'saved', station: '1403/140311/140311100' };
    serve({ 'GET /complaints': { complaints: [row], next: null } });
    const { page } = await open(ComplaintList);
    expect(page.find('tbody').text()).toContain('态度生硬');
    expect(page.find('tbody td').text()).toBe('140311100-0305-0021-2 匿名');
    expect(page.text()).not.toContain('站点'); // there is one only
    saysOfItself({ role: 'hub' });
    serve({ 'GET /complaints': { complaints: [row], next: null }, 'GET /divisions': { divisions: [{ path: '1403/140311/140311100', code: '140311100', name: '荫营镇' }] } });
    expect((await open(ComplaintList)).page.find('tbody td').text()).toBe('荫营镇');
    serve({ 'GET /complaints': { complaints: [], next: null } });
    expect((await open(ComplaintList)).page.text()).toContain('还没有投诉登记。');
  });
});

describe('投诉登记', () => {
  async function filled(answers: Record<string, unknown>) {
    const asked = serve(answers);
    const { page } = await open(ComplaintIntake);
    await page.find('[name=time]').setValue('09:10');
    await page.find('[name=text]').setValue('等了一个上午');
    await page.find('[name=name]').setValue('张桂芳');
    await page.find('[name=phone]').setValue('13812345678');
    await page.find('form').trigger('submit');
    await settled();
    return { page, asked };
  }

  it('is saved once, prints its receipt, and tells the number to say', async () => {
    const { page, asked } = await filled({ 'POST /complaints': receipt, 'POST /slips': slip });
    expect(written(asked).map((one) => one.path)).toEqual(['/complaints', '/slips']);
    expect(written(asked)[1]?.body).toEqual({ kind: 'complaint', id: 'abc', paper: '80mm' });
    expect(page.find('.complaint-receipt').text()).toContain('投诉 140311100-0305-0021-2 已登记');
    expect((page.find('[name=text]').element as HTMLTextAreaElement).value).toBe('');
    expect(page.emitted('saved')).toHaveLength(1);
  });

  it('is said to be saved before its receipt is printed', async () => {
    await filled({ 'POST /complaints': receipt, 'POST /slips': () => new Promise(() => {}) });
    expect(useNotices().notices.map((notice) => notice.text)).toEqual(['已存本机 · 投诉 140311100-0305-0021-2']);
  });

  it('that is refused keeps every word, and tells the field', async () => {
    const { page } = await filled({ 'POST /complaints': new Refusal(400, 'BadFormat', 'phone', '没有保存。手机号应为 11 位。') });
    expect(page.find('.yz-field-error').text()).toContain('没有保存。手机号应为 11 位。');
    expect((page.find('[name=text]').element as HTMLTextAreaElement).value).toBe('等了一个上午');
    expect(page.find('.complaint-receipt').exists()).toBe(false);
  });

  it('asks an anonymous person for no name and no phone', async () => {
    serve({});
    const { page } = await open(ComplaintIntake);
    await page.find('input[type=checkbox]').setValue(true);
    expect(page.find('[name=name]').exists()).toBe(false);
    expect(page.find('[name=phone]').exists()).toBe(false);
  });
});
