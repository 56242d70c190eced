import { describe, expect, it } from 'vitest';
import { keysOf, NOW, Refusal, serve, written, type Asked } from '@/spec/node';
import { useUndo } from '@/stores/undo';
import { useCheckIn } from './useCheckIn';

const match = (id: string, life = 'confirmed') => ({ id, number: id, item: 'SB-0101', date: '2026-03-05', window: '09:30', name: '李*', phone_tail: '5678', life, rung: 'received', tasks: [], station: '1403', period: 'regular' });
const found = (...matches: unknown[]) => ({ kind: 'phone_tail', matches, bad_code: false, elsewhere: null });
const arrival = (more = {}) => ({ appointment: null, visit: { id: 'v', ticket: 'A013', arrived_at_ms: NOW }, ahead: 2, timing: 'on_time', late_min: 0, ready_at_ms: null, already: false, ...more });

describe('a check-in', () => {
  it('of the only one who can be meant needs nothing more', async () => {
    const asked = serve({ 'POST /lookup': found(match('a'), match('b', 'fulfilled')), 'POST /appointments/a/check-in': arrival() });
    const desk = useCheckIn();
    await desk.find('5678', true);
    expect(desk.said.value).toEqual({ text: '李* · 09:30 已签到，A013，前面 2 人', tone: 'ok' });
    expect(desk.matches.value).toEqual([]);
    expect(written(asked)).toHaveLength(2);
  });

  it('of two with the same digits is a choice, and nobody is checked in by it', async () => {
    const asked = serve({ 'POST /lookup': found(match('a'), match('b')), 'POST /appointments/b/check-in': arrival() });
    const desk = useCheckIn();
    await desk.find('5678', true);
    expect(desk.matches.value.map((one) => one.id)).toEqual(['a', 'b']);
    expect(asked).toHaveLength(1);
    await desk.confirm(match('b') as never);
    expect(asked[1]?.path).toBe('/appointments/b/check-in');
  });

  it('of two who are scanned at once is one after the other, and of one who is scanned twice is one', async () => {
    const found_ = (asked: Asked) => found(match(String(asked.body?.['text']).slice(-1)));
    const asked = serve({ 'POST /lookup': found_, 'POST /appointments/1/check-in': arrival(), 'POST /appointments/2/check-in': arrival({ visit: { id: 'w', ticket: 'A014', arrived_at_ms: NOW } }) });
    const desk = useCheckIn();
    await Promise.all([desk.find('YZ1:1', true), desk.find('YZ1:2', true), desk.find('YZ1:2', true)]);
    expect(written(asked).map((one) => one.path)).toEqual(['/lookup', '/appointments/1/check-in', '/lookup', '/appointments/2/check-in']);
    expect([desk.came.value, desk.busy.value]).toEqual(['w', false]);
  });

  it('comes to who was scanned next, when who came before them could not be read', async () => {
    const asked = serve({ 'POST /lookup': (one: Asked) => (one.body?.['text'] === 'YZ1:1' ? new TypeError('cut') : found(match('b'))), 'POST /appointments/b/check-in': arrival() });
    const desk = useCheckIn();
    await Promise.all([desk.find('YZ1:1', true), desk.find('YZ1:2', true)]);
    expect(written(asked).at(-1)?.path).toBe('/appointments/b/check-in');
    expect(desk.said.value?.tone).toBe('ok');
  });

  it('pressed twice checks in once', async () => {
    const asked = serve({ 'POST /appointments/b/check-in': arrival() });
    const desk = useCheckIn();
    await Promise.all([desk.confirm(match('b') as never), desk.confirm(match('b') as never)]);
    expect(asked).toHaveLength(1);
  });

  it('by a number that had no answer is the same number when it is pressed again, and another for the next person', async () => {
    const answers: unknown[] = [new TypeError('cut'), arrival(), new TypeError('cut'), arrival()];
    const asked = serve({ 'POST /visits': () => answers.shift() });
    const desk = useCheckIn();
    for (let times = 0; times < 3; times += 1) await desk.ticket('SB-0101', 'none');
    expect(desk.said.value?.text).toContain('同一次登记不会重复');
    desk.clear();
    await desk.ticket('SB-0101', 'none');
    const keys = keysOf(asked, '/visits');
    expect(keys[1]).toBe(keys[0]);
    expect(new Set(keys).size).toBe(3);
  });

  it('of what is not certain is not one: a walk-in number, never a refusal', async () => {
    const asked = serve({ 'POST /lookup': found(match('a', 'waitlisted')) });
    const desk = useCheckIn();
    await desk.find('5678', true);
    expect(desk.said.value).toEqual({ text: '此单尚未确认。请登记现场号排队。', tone: 'warn' });
    expect(asked).toHaveLength(1);
  });

  it('tells a code that is not ours, and that nobody was found', async () => {
    serve({ 'POST /lookup': { ...found(), bad_code: true } });
    const desk = useCheckIn();
    await desk.find('YZ1:9', true);
    expect(desk.said.value?.tone).toBe('danger');
    serve({ 'POST /lookup': found() });
    await desk.find('9999', true);
    expect(desk.said.value).toEqual({ text: '没有找到可签到的预约。可现场取号。', tone: 'warn' });
  });

  it('of an appointment at another station names that station and changes nothing', async () => {
    const asked = serve({ 'POST /lookup': { ...found(), kind: 'number', elsewhere: '河底镇' } });
    const desk = useCheckIn();
    await desk.find('YZ1:140311101-0305-0017-3', true);
    expect(desk.said.value).toEqual({ text: '预约在河底镇站。', tone: 'warn' });
    expect(desk.elsewhere.value).toBe('河底镇');
    expect(asked).toHaveLength(1);
    desk.clear();
    expect(desk.elsewhere.value).toBeNull();
  });

  it('that is refused says so and keeps the choice', async () => {
    serve({ 'POST /lookup': found(match('a'), match('b')), 'POST /appointments/a/check-in': new Refusal(409, 'Conflict', 'id', '请刷新。', '记录已有变化') });
    const desk = useCheckIn();
    await desk.find('5678', true);
    await desk.confirm(match('a') as never);
    expect(desk.said.value).toMatchObject({ text: '记录已有变化。请刷新。（Conflict）', tone: 'danger' });
    expect(desk.matches.value).toHaveLength(2);
  });

  it('leaves a ticket that can be printed, until the next person', async () => {
    serve({ 'POST /lookup': found(match('a')), 'POST /appointments/a/check-in': arrival() });
    const desk = useCheckIn();
    expect(desk.came.value).toBeNull();
    await desk.find('5678', true);
    expect(desk.came.value).toBe('v');
    desk.clear();
    expect([desk.came.value, desk.said.value]).toEqual([null, null]);
  });

  it('of a walk-in carries the item and the priority', async () => {
    const asked = serve({ 'POST /visits': arrival({ timing: 'none' }) });
    await useCheckIn().ticket('SB-0101', 'elder');
    expect(asked[0]?.body).toEqual({ item: 'SB-0101', priority: 'elder' });
  });

  it('twice is told as what it is, and offers no undo', async () => {
    serve({ 'POST /lookup': found(match('a', 'checked_in')), 'POST /appointments/a/check-in': arrival({ already: true }) });
    const desk = useCheckIn();
    await desk.find('5678', true);
    expect(desk.said.value?.text).toBe('10:42 已签到（A013）');
    expect(useUndo().offered).toBe(false);
  });
});
