import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { mounted } from '@/spec/mounted';
import { NOW, Refusal, bodyOf, keysOf, serve } from '@/spec/node';
import { useNode } from '@/stores/node';
import { useTicket, type Group } from './useTicket';

const VISITS = '/visits';
const SLIPS = '/slips';
const GROUP: Group = { group: '社会保障', items: [{ code: 'SB-0101', name: '城乡居民养老保险参保登记' }], ahead: 6 };
const ARRIVAL = { appointment: null, visit: { id: 'a7', ticket: 'A013' }, ahead: 6, timing: 'none', late_min: 0, ready_at_ms: null, already: false };
const slip = (printed: boolean) => ({ slip: '0'.repeat(32), pages: 1, copy: 1, printed, problem: printed ? null : 'paper_out', numbers: [] });

let stop = (): void => {};
const ticket = (): ReturnType<typeof useTicket> => mounted(useTicket).result;
beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  stop = useNode().start();
  useNode().keepTime(NOW);
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});
const after = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

describe('the ticket machine', () => {
  it('gives a number after three taps, without a card', async () => {
    const asked = serve({ [`POST ${VISITS}`]: ARRIVAL, [`POST ${SLIPS}`]: slip(true) });
    const machine = ticket();
    machine.begin();
    machine.choose(GROUP);
    await machine.take('SB-0101');
    expect(bodyOf(asked, VISITS)).toEqual({ item: 'SB-0101', priority: 'none' });
    expect(bodyOf(asked, SLIPS)).toEqual({ kind: 'ticket', id: 'a7', paper: '80mm' });
    expect(machine.step.value).toBe('taken');
    expect(machine.printed.value).toBe('printed');
    await after(9_000);
    expect(machine.step.value).toBe('start');
  });

  it('keeps what a card said only as long as it is needed', async () => {
    const asked = serve({ [`POST ${VISITS}`]: ARRIVAL, [`POST ${SLIPS}`]: slip(true) });
    const machine = ticket();
    machine.begin({ document: '140399195001010028', name: '张桂芳' });
    machine.priority.value = 'elder';
    machine.choose(GROUP);
    await machine.take('SB-0101');
    expect(bodyOf(asked, VISITS)).toEqual({
      item: 'SB-0101', priority: 'elder', name: '张桂芳', document: { kind: 'resident_id', number: '140399195001010028' },
    });
    expect(machine.card.value).toBeNull();
    await after(9_000);
    expect(machine.priority.value).toBe('none');
  });

  it('forgets what was begun and left for half a minute', async () => {
    const machine = ticket();
    machine.begin({ document: '140399195001010028' });
    await after(20_000);
    machine.choose(GROUP);
    await after(20_000);
    machine.touch();
    await after(29_000);
    expect(machine.step.value).toBe('confirm');
    await after(2_000);
    expect(machine.step.value).toBe('start');
    expect(machine.card.value).toBeNull();
  });

  it('shows the number for twenty seconds when it is not printed', async () => {
    serve({ [`POST ${VISITS}`]: ARRIVAL, [`POST ${SLIPS}`]: slip(false) });
    const machine = ticket();
    machine.begin();
    machine.choose(GROUP);
    await machine.take('SB-0101');
    expect(machine.printed.value).toBe('not_printed');
    await after(19_000);
    expect(machine.step.value).toBe('taken');
    expect(machine.arrival.value?.visit.ticket).toBe('A013');
    await after(2_000);
    expect(machine.step.value).toBe('start');
  });

  it('takes one number for one tap, whatever got lost on the way', async () => {
    let works = false;
    const asked = serve({ [`POST ${VISITS}`]: () => (works ? ARRIVAL : new TypeError('gone')), [`POST ${SLIPS}`]: slip(true) });
    const machine = ticket();
    machine.begin();
    machine.choose(GROUP);
    const taken = machine.take('SB-0101');
    void machine.take('SB-0101');
    await after(2_500);
    expect(machine.step.value).toBe('taking');
    works = true;
    await after(1_000);
    await taken;
    expect(machine.step.value).toBe('taken');
    expect(new Set(keysOf(asked, VISITS)).size).toBe(1);
  });

  it('claims no number that was not saved', async () => {
    serve({ [`POST ${VISITS}`]: new Refusal(507, 'StorageFull', '') });
    const machine = ticket();
    machine.begin();
    machine.choose(GROUP);
    await machine.take('SB-0101');
    expect(machine.step.value).toBe('failed');
    expect(machine.arrival.value).toBeNull();
  });
});
