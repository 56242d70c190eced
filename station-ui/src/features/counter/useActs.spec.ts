import { beforeEach, describe, expect, it, vi } from 'vitest';
import { keysOf, Refusal, saysOfItself, serve, settled, written } from '@/spec/node';
import { useNotices } from '@/stores/notices';
import { useQueue } from '@/stores/queue';
import { useActs } from './useActs';

const SEAT = 'a'.repeat(32);
const queue = (current: unknown = null) => ({ next: null, waiting: [], current, counts: {} });
const visit = { id: 'v', ticket: 'A013', state: 'called' };
beforeEach(() => {
  saysOfItself();
  useQueue().seat = { seat: SEAT, number: 2 };
  useQueue().queue = queue(visit) as never;
});

describe('what is done at a window', () => {
  it('goes out once, with the seat and a key, and the queue is read after it', async () => {
    const asked = serve({ 'POST /queue/call': visit, 'GET /queue': queue(visit) });
    const acts = useActs();
    const [first, second] = await Promise.all([acts.callNext(), acts.callNext()]);
    expect(first).toMatchObject({ ticket: 'A013' });
    expect(second).toBeNull();
    expect(written(asked)).toHaveLength(1);
    expect(written(asked)[0]?.body).toEqual({ seat: SEAT });
    expect(asked.at(-1)?.path).toBe('/queue');
  });

  it('is over with its answer: the next act need not wait for the queue to be read', async () => {
    useQueue().queue = queue() as never;
    const called = { ...visit, window: 2 };
    const asked = serve({ 'POST /queue/call': called, 'POST /visits/v/start': { ...called, state: 'in_service' }, 'GET /queue': () => new Promise(() => {}) });
    const acts = useActs();
    void acts.callNext();
    await vi.waitFor(() => expect(useQueue().current?.ticket).toBe('A013'));
    void acts.start();
    await vi.waitFor(() => expect(useQueue().current?.state).toBe('in_service'));
    expect(written(asked).map((one) => one.path)).toEqual(['/queue/call', '/visits/v/start']);
  });

  it('that is pressed while another is under way comes after it, and once', async () => {
    let answer: (visit: unknown) => void = () => {};
    const called = { ...visit, window: 2 };
    const asked = serve({ 'POST /queue/call': () => new Promise((done) => { answer = done; }), 'POST /visits/v/start': { ...called, state: 'in_service' }, 'GET /queue': queue(called) });
    const acts = useActs();
    const calling = acts.callNext();
    const starting = [acts.start(), acts.start(), acts.callNext()]; // the event of the call was here before its answer
    answer(called);
    expect(await calling).toMatchObject({ ticket: 'A013' });
    expect((await Promise.all(starting)).map((one) => one?.state)).toEqual(['in_service', undefined, undefined]);
    expect(written(asked).map((one) => one.path)).toEqual(['/queue/call', '/visits/v/start']);
  });

  it('that waited does not befall the next person', async () => {
    let answer: (visit: unknown) => void = () => {};
    const asked = serve({ 'POST /visits/v/miss': () => new Promise((done) => { answer = done; }), 'POST /visits/v/start': visit, 'GET /queue': queue() });
    const acts = useActs();
    const missing = acts.miss();
    const starting = acts.start();
    useQueue().queue = queue({ ...visit, id: 'w', ticket: 'A014' }) as never;
    answer({ ...visit, state: 'missed' });
    await missing;
    expect(await starting).toBeNull();
    expect(written(asked).map((one) => one.path)).toEqual(['/visits/v/miss']);
  });

  it('that had no answer is the same wish when it is pressed again, and calls nobody else', async () => {
    useQueue().queue = queue() as never;
    let answers = [new TypeError('cut'), { ...visit, window: 2 }] as unknown[];
    const asked = serve({ 'POST /queue/call': () => answers.shift() });
    const acts = useActs();
    expect(await acts.callNext()).toBeNull();
    expect(useNotices().notices[0]?.text).toBe('本机没有回应，不知道是否已呼叫。恢复后再按一次 F8：已呼叫的人会显示出来，不会多叫一人。（NET-02）');
    expect(await acts.callNext()).toMatchObject({ ticket: 'A013' });
    const [first, again] = keysOf(asked, '/queue/call');
    expect(again).toBe(first);
    expect(useNotices().notices).toEqual([]);
    useQueue().queue = queue() as never;
    answers = [{ ...visit, id: 'w', window: 2 }];
    await acts.callNext();
    expect(keysOf(asked, '/queue/call')[2]).not.toBe(first);
  });

  it('that had no answer is known by what the page shows since: what is pressed then is another wish', async () => {
    useQueue().queue = queue() as never;
    const asked = serve({ 'POST /queue/call': new TypeError('cut') });
    const acts = useActs();
    await acts.callNext();
    expect(useNotices().notices).toHaveLength(1);
    useQueue().queue = queue({ ...visit, calls: 1 }) as never;
    expect(useNotices().notices).toEqual([]);
    useQueue().queue = queue() as never;
    await acts.callNext();
    const [first, later] = keysOf(asked, '/queue/call');
    expect(later).not.toBe(first);
  });

  it('that the page has shown before its answer was lost leaves nothing to tell', async () => {
    serve({ 'POST /visits/v/start': () => {
      useQueue().queue = queue({ ...visit, state: 'in_service' }) as never;
      return new TypeError('cut');
    } });
    await useActs().start();
    expect(useNotices().notices).toEqual([]);
  });

  it('that was refused is another wish when it is pressed again, and so is one with other words', async () => {
    const asked = serve({ 'POST /visits/v/transfer': new Refusal(409, 'Conflict', 'to_window'), 'GET /queue': queue(visit) });
    const acts = useActs();
    for (const window of [3, 3, 4]) await acts.transfer(window);
    expect(new Set(keysOf(asked, '/visits/v/transfer')).size).toBe(3);
    serve({ 'POST /visits/v/transfer': new TypeError('cut') });
    await acts.transfer(3);
    expect(useNotices().notices[0]?.text).toBe('本机没有回应，不知道这一步是否已生效。恢复后再按一次同一个键，同一步不会做两次。（NET-02）');
  });

  it('of who goes waits until what was typed is saved, and is not done when it could not be', async () => {
    const asked = serve({ 'POST /visits/v/hold': { ...visit, state: 'on_hold' }, 'GET /queue': queue(visit) });
    let saved: (done: boolean) => void = () => {};
    const acts = useActs(() => new Promise((done) => { saved = done; }));
    const holding = acts.hold('');
    await settled();
    expect(written(asked)).toEqual([]);
    expect(acts.busy.value).toBe(true);
    saved(false);
    expect(await holding).toBeNull();
    const again = acts.hold('');
    await settled();
    saved(true);
    expect(await again).toMatchObject({ state: 'on_hold' });
    expect(written(asked)).toHaveLength(1);
  });

  it('is about the person who stands there, and nothing happens when nobody does', async () => {
    const asked = serve({ 'POST /visits/v/finish': visit, 'POST /visits/v/transfer': visit, 'GET /queue': queue() });
    const acts = useActs();
    await acts.finish('done', true);
    expect(written(asked)[0]?.body).toEqual({ seat: SEAT, outcome: 'done', rate: true });
    await acts.transfer(3);
    expect(written(asked)).toHaveLength(1);
  });

  it('is not tried from a page that lost its window, or while nothing can be saved', async () => {
    const asked = serve({ 'POST /queue/call': visit, 'GET /queue': queue() });
    const acts = useActs();
    useQueue().lost = true;
    await acts.callNext();
    useQueue().lost = false;
    saysOfItself({ can_save: false });
    await acts.callNext();
    expect(asked).toEqual([]);
  });

  it('that is refused is told, unless the window is somebody else’s now: then the page says so itself', async () => {
    serve({ 'POST /queue/call': new Refusal(409, 'Conflict', 'visit', '请刷新。', '该号已被呼叫'), 'GET /queue': queue() });
    const acts = useActs();
    await acts.callNext('v');
    expect(useNotices().notices[0]).toMatchObject({ text: '该号已被呼叫。请刷新。（Conflict）', failed: true });
    useNotices().close(useNotices().notices[0]?.id ?? 0);
    serve({ 'POST /queue/call': new Refusal(409, 'Conflict', 'seat'), 'GET /queue': queue() });
    await acts.callNext('v');
    expect(useQueue().lost).toBe(true);
    expect(useNotices().notices).toEqual([]);
  });
});
