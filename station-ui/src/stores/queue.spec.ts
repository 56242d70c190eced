import { createPinia, setActivePinia } from 'pinia';
import { describe, expect, it } from 'vitest';
import { Problem } from '@/api';
import { tellEvent } from '@/spec/events';
import { Refusal, serve, settled } from '@/spec/node';
import { useQueue, type Visit } from './queue';

const SEAT = '0123456789abcdef'.repeat(2);
const queueOf = (next: string | null) => ({ next, waiting: [{ id: 'x', ticket: 'A012' }, { id: 'y', ticket: 'A013' }], current: null, counts: {} });
const answers = (more = {}) => ({
  'GET /windows': { windows: [{ number: 2 }] }, 'GET /queue': queueOf('y'), 'POST /windows/2/open': { seat: SEAT }, 'POST /windows/2/close': null, ...more,
});

describe('the queue', () => {
  it('names whom a key calls, as the node chose', async () => {
    serve(answers());
    const queue = useQueue();
    await queue.load();
    expect(queue.next?.ticket).toBe('A013');
    serve(answers({ 'GET /queue': queueOf(null) }));
    await queue.load();
    expect(queue.next).toBeUndefined();
  });

  it('keeps the seat through a reload, and asks for its own window', async () => {
    serve(answers());
    await useQueue().open(2);
    setActivePinia(createPinia());
    const asked = serve(answers());
    await useQueue().load();
    expect(asked[0]?.query.get('window')).toBe('2');
    await useQueue().close();
    expect(useQueue().seat).toBeNull();
    setActivePinia(createPinia());
    expect(useQueue().seat).toBeNull();
  });

  it('knows from an answer who is at the window, and leaves everybody else alone', async () => {
    serve(answers());
    const queue = useQueue();
    queue.take({ id: 'x', state: 'called', window: 2 } as Visit);
    expect(queue.current).toBeNull();
    await queue.open(2);
    queue.take({ id: 'x', state: 'called', window: 2 } as Visit);
    expect(queue.current?.id).toBe('x');
    queue.take({ id: 'y', state: 'waiting', window: null } as Visit);
    expect(queue.current?.id).toBe('x');
    queue.take({ id: 'x', state: 'called', window: 3 } as Visit);
    expect(queue.current).toBeNull();
    queue.take({ id: 'x', state: 'in_service', window: 2 } as Visit);
    queue.take({ id: 'x', state: 'finished', window: 2 } as Visit);
    expect(queue.current).toBeNull();
  });

  it('is lost when another seat holds the window, and when a refusal says so', async () => {
    serve(answers());
    const queue = useQueue();
    const stop = queue.start();
    await queue.open(2);
    tellEvent('window', { window: 2, seat: SEAT.slice(0, 8) });
    tellEvent('window', { window: 3, seat: 'ffffffff' });
    expect(queue.lost).toBe(false);
    tellEvent('window', { window: 2, seat: 'ffffffff' });
    expect(queue.lost).toBe(true);
    tellEvent('window', { window: 2, seat: SEAT.slice(0, 8) });
    expect(queue.lost).toBe(false); // what went before was told again after a break of the stream
    tellEvent('window', { window: 2, seat: 'ffffffff' });
    expect(queue.lost).toBe(true);
    await queue.open(2, true);
    expect(queue.lost).toBe(false);
    queue.noteRefusal(new Problem(409, 'Conflict', 'seat', '', '', 0));
    expect(queue.lost).toBe(true);
    queue.lost = false;
    queue.noteRefusal(new Problem(409, 'Conflict', 'id', '', '', 0));
    expect(queue.lost).toBe(false);
    stop();
  });

  it('gives a lost window up without closing it for the one who has it now', async () => {
    const asked = serve(answers());
    const queue = useQueue();
    await queue.open(2);
    queue.lost = true;
    await queue.close();
    expect(asked.some((one) => one.path === '/windows/2/close')).toBe(false);
    expect(queue.seat).toBeNull();
  });

  it('is read anew when the node says that it changed', async () => {
    const asked = serve(answers());
    const queue = useQueue();
    const stop = queue.start();
    tellEvent('queue', { revision: 1 });
    await settled();
    expect(asked).toHaveLength(0); // nobody sits anywhere yet
    await queue.open(2);
    const before = asked.length;
    tellEvent('queue', { revision: 2 });
    await settled();
    expect(asked.slice(before).map((one) => one.path)).toEqual(['/queue']);
    stop();
    tellEvent('queue', { revision: 3 });
    await settled();
    expect(asked).toHaveLength(before + 1);
  });

  it('never goes back to an answer that was asked for earlier', async () => {
    const answersLater: ((queue: unknown) => void)[] = [];
    serve(answers({ 'GET /queue': () => new Promise((answer) => { answersLater.push(answer); }) }));
    const queue = useQueue();
    const both = [queue.load(), queue.load()];
    answersLater[1]?.(queueOf('y'));
    answersLater[0]?.(queueOf('x'));
    await Promise.all(both);
    expect(queue.next?.ticket).toBe('A013');
  });

  it('misses no receipt that is told of while an older answer is on its way', async () => {
    const answersLater: ((queue: unknown) => void)[] = [];
    const at = (rung: string) => ({ ...queueOf('y'), current: { id: 'x', state: 'in_service', window: 2, rung } });
    serve(answers({ 'GET /queue': at('received') }));
    const queue = useQueue();
    const stop = queue.start();
    await queue.open(2);
    serve(answers({ 'GET /queue': () => new Promise((answer) => { answersLater.push(answer); }) }));
    tellEvent('queue', { revision: 1 }); // somebody begins to be served
    tellEvent('status', {}); // and the city has it, before the page has read that
    await settled();
    expect(answersLater).toHaveLength(1);
    answersLater[0]?.(at('carried'));
    await settled();
    answersLater[1]?.(at('received'));
    await settled();
    expect(queue.current?.rung).toBe('received');
    expect(answersLater).toHaveLength(2); // and nothing more is asked
    stop();
  });

  it('has been read once that is awaited, though it is being read anew already', async () => {
    const answersLater: ((queue: unknown) => void)[] = [];
    serve(answers({ 'GET /queue': () => new Promise((answer) => { answersLater.push(answer); }) }));
    const queue = useQueue();
    const first = queue.load();
    void queue.load();
    answersLater[0]?.(queueOf('y'));
    await first;
    expect(queue.next?.ticket).toBe('A013');
  });

  it('reads how far the person at the window has come, until the city has it', async () => {
    const asked = serve(answers({ 'GET /queue': { ...queueOf(null), current: { id: 'v', rung: 'saved' } } }));
    const queue = useQueue();
    const stop = queue.start();
    await queue.open(2);
    const read = (): number => asked.filter((one) => one.path === '/queue').length;
    const before = read();
    tellEvent('status');
    await settled();
    expect(read()).toBe(before + 1);
    serve(answers({ 'GET /queue': { ...queueOf(null), current: { id: 'v', rung: 'received' } } }));
    tellEvent('queue');
    await settled();
    const later = serve(answers());
    tellEvent('status');
    await settled();
    expect(later.filter((one) => one.path === '/queue')).toEqual([]);
    stop();
  });

  it('stays as it was when it cannot be read', async () => {
    serve(answers());
    const queue = useQueue();
    await queue.load();
    serve({ 'GET /queue': new Refusal(503, 'Busy') });
    await queue.load().catch(() => {});
    expect(queue.next?.ticket).toBe('A013');
  });
});
