import { beforeEach, describe, expect, it } from 'vitest';
import { Refusal, serve, written, type Asked } from '@/spec/node';
import { useOneRecord } from './oneRecord';

let asked: Asked[] = [];
const record = { id: 'abc', revision: '6f0a3b', life: 'confirmed' };
beforeEach(() => {
  asked = serve({
    'GET /appointments/abc': record, 'GET /appointments/abc/history': { history: [{ seq: 1 }] }, 'POST /appointments/abc/check-in': {}, 'POST /appointments/abc/finish': {},
    'POST /appointments/abc/cancel': {}, 'POST /appointments/abc/reschedule': {}, 'PATCH /appointments/abc': {},
  });
});

describe('one record', () => {
  it('is opened with its history, and closed without a trace', async () => {
    const one = useOneRecord();
    await one.open('abc');
    expect(one.record?.id).toBe('abc');
    expect(one.history).toHaveLength(1);
    one.close();
    expect([one.record, one.history]).toEqual([null, []]);
  });

  it('is the one that was opened last, and none once it is closed', async () => {
    const answers: Record<string, (value: unknown) => void> = {};
    const later = (id: string) => (): Promise<unknown> => new Promise((answer) => { answers[id] = answer; });
    serve({ 'GET /appointments/first': later('first'), 'GET /appointments/second': later('second'), 'GET /appointments/first/history': { history: [] }, 'GET /appointments/second/history': { history: [] } });
    const one = useOneRecord();
    const both = [one.open('first'), one.open('second')];
    answers['second']?.({ id: 'second' });
    await both[1];
    answers['first']?.({ id: 'first' });
    await both[0];
    expect(one.record?.id).toBe('second');
    const late = one.open('first');
    one.close();
    answers['first']?.({ id: 'first' });
    await late;
    expect(one.record).toBeNull();
  });

  it('takes each act under a key of its own, and is read again when that is asked', async () => {
    const one = useOneRecord();
    await one.open('abc');
    await one.checkIn('abc');
    await one.finish('abc');
    await one.cancel('abc', 'client_request');
    await one.reschedule('abc', '2026-03-06', '09:00');
    const acts = written(asked);
    expect(acts.map((act) => act.path.split('/').pop())).toEqual(['check-in', 'finish', 'cancel', 'reschedule']);
    expect(new Set(acts.map((act) => act.headers.get('Idempotency-Key'))).size).toBe(4);
    expect(acts[2]?.body).toEqual({ reason: 'client_request' });
    const reads = (): number => asked.filter((one_) => one_.path === '/appointments/abc').length;
    expect(reads()).toBe(1);
    await one.again('abc');
    expect(reads()).toBe(2);
  });

  it('keeps a value only of the revision that was seen', async () => {
    const one = useOneRecord();
    await one.keepPhone('13900000001');
    expect(written(asked)).toEqual([]);
    await one.open('abc');
    await one.keepPhone('13900000001');
    expect(written(asked)[0]?.headers.get('If-Match')).toBe('"6f0a3b"');
    expect(written(asked)[0]?.body).toEqual({ phone: '13900000001' });
  });

  it('stays open when an act is refused', async () => {
    const one = useOneRecord();
    await one.open('abc');
    serve({ 'POST /appointments/abc/cancel': new Refusal(409, 'Conflict', 'id') });
    await expect(one.cancel('abc', 'client_request')).rejects.toMatchObject({ code: 'Conflict' });
    expect(one.record?.id).toBe('abc');
  });
});
