import { nextTick } from 'vue';
import { beforeEach, describe, expect, it } from 'vitest';
import { mounted } from '@/spec/mounted';
import { NOW, Refusal, saysOfItself, serve, written, type Asked } from '@/spec/node';
import { useComplaint } from './useComplaint';

const receipt = { id: 'abc', number: '140311100-0305-0021-2', at_ms: NOW, rung: 'saved' };
const slip = { slip: 'f'.repeat(32), pages: 1, copy: 1, printed: true, problem: null, numbers: [] };
beforeEach(() => saysOfItself());
async function filled(answers: Record<string, unknown>): Promise<{ intake: ReturnType<typeof useComplaint>; asked: Asked[] }> {
  const asked = serve({ 'POST /slips': slip, ...answers });
  const intake = mounted(() => useComplaint('complaint')).result;
  Object.assign(intake.form, { time: '09:10', text: ' 等了一个上午 ', name: '张桂芳', phone: '138 1234 5678' });
  await nextTick();
  return { intake, asked };
}

describe('a complaint', () => {
  it('is saved once with what was said, then its receipt is printed', async () => {
    const { intake, asked } = await filled({ 'POST /complaints': receipt });
    expect(await intake.save()).toBeUndefined();
    expect(written(asked).map((one) => one.path)).toEqual(['/complaints', '/slips']);
    expect(written(asked)[0]?.body).toMatchObject({ text: '等了一个上午', name: '张桂芳', phone: '13812345678', anonymous: false, occurred_at_ms: Date.parse('2026-03-05T09:10:00+08:00') });
    expect(intake.receipt.value?.number).toBe(receipt.number);
    expect(intake.form).toMatchObject({ text: '', name: '', phone: '', day: '2026-03-05' });
  });

  it('leaves nothing of who wants to stay anonymous', async () => {
    const { intake, asked } = await filled({ 'POST /complaints': receipt });
    intake.form.anonymous = true;
    await nextTick();
    await intake.save();
    expect(Object.keys(written(asked)[0]?.body ?? {})).not.toContain('name');
    expect(Object.keys(written(asked)[0]?.body ?? {})).not.toContain('phone');
  });

  it('with a field at fault is not sent, and the error goes with the next word', async () => {
    const { intake, asked } = await filled({ 'POST /complaints': receipt });
    intake.form.phone = '1381234567';
    await nextTick();
    expect(await intake.save()).toBe('phone');
    expect(written(asked)).toEqual([]);
    intake.form.phone += '8';
    await nextTick();
    expect(intake.errors.value).toEqual({});
  });

  it('that got no answer keeps every word, and goes again under the same key', async () => {
    const { intake, asked } = await filled({});
    expect(await intake.save()).toBeUndefined();
    expect(intake.failure.value?.text).toContain('NET-02');
    expect(intake.receipt.value).toBeNull();
    expect(intake.form.text).toBe(' 等了一个上午 ');
    await intake.save();
    const keys = written(asked).map((one) => one.headers.get('Idempotency-Key'));
    expect(keys).toEqual([keys[0], keys[0]]);
  });

  it('that the node refuses is told at its field, or beside the form', async () => {
    const { intake } = await filled({ 'POST /complaints': new Refusal(400, 'BadFormat', 'occurred_at_ms', '没有保存。时间不对。') });
    expect(await intake.save()).toBe('when');
    expect(intake.errors.value).toEqual({ when: { text: '没有保存。时间不对。' } });
    serve({ 'POST /complaints': new Refusal(507, 'StorageFull') });
    expect(await intake.save()).toBeUndefined();
    expect(intake.failure.value?.text).toContain('STO-01');
  });

  it('is not sent while nothing can be saved, nor twice at once', async () => {
    const { intake, asked } = await filled({ 'POST /complaints': receipt });
    saysOfItself({ can_save: false });
    await intake.save();
    expect(written(asked)).toEqual([]);
    saysOfItself();
    await Promise.all([intake.save(), intake.save()]);
    expect(written(asked).filter((one) => one.path === '/complaints')).toHaveLength(1);
  });
});
