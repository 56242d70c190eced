import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { mounted } from '@/spec/mounted';
import { NOW, Refusal, bodyOf, keysOf, serve } from '@/spec/node';
import { useNode } from '@/stores/node';
import { useTicket, type Group } from './useTicket';

const VISITS = '/visits';
const SLIPS = '/slips';
const ARRIVALS = '/arrivals';
const CARD = '140399195001010028';
const made = (outcome: string, more: Record<string, unknown> = {}) => ({ outcome, elsewhere: null, arrival: null, ...more });
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
    const asked = serve({ [`POST ${VISITS}`]: ARRIVAL, [`POST ${SLIPS}`]: slip(true), [`POST ${ARRIVALS}`]: made('nobody') });
    const machine = ticket();
    await machine.arrive({ document: CARD, name: '张桂芳' }, true);
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
    serve({ [`POST ${ARRIVALS}`]: made('nobody') });
    const machine = ticket();
    await machine.arrive({ document: CARD }, true);
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

  it('checks in whoever has an appointment, by the slip alone, and prints the number', async () => {
    const asked = serve({ [`POST ${ARRIVALS}`]: made('checked_in', { arrival: { ...ARRIVAL, timing: 'late', late_min: 22 } }), [`POST ${SLIPS}`]: slip(true) });
    const machine = ticket();
    await machine.arrive({ code: 'YZ1:140311100-0305-0017-8' }, false); // numbers for walk-ins are not given now
    expect(bodyOf(asked, ARRIVALS)).toEqual({ text: 'YZ1:140311100-0305-0017-8' });
    expect(bodyOf(asked, SLIPS)).toEqual({ kind: 'ticket', id: 'a7', paper: '80mm' });
    expect([machine.step.value, machine.printed.value]).toEqual(['taken', 'printed']);
    expect(machine.note.value).toBe('已迟到 22 分，仍可办理，排在现场号中。');
  });

  it('serves the next while the number of who went with the slip is still shown, but not before it is remembered', async () => {
    const asked = serve({ [`POST ${VISITS}`]: ARRIVAL, [`POST ${SLIPS}`]: slip(true), [`POST ${ARRIVALS}`]: made('checked_in', { arrival: { ...ARRIVAL, visit: { id: 'b2', ticket: 'B002' } } }) });
    const machine = ticket();
    machine.begin();
    machine.choose(GROUP);
    await machine.take('SB-0101');
    await machine.arrive({ code: 'YZ1:1' }, true);
    expect(machine.arrival.value?.visit.ticket).toBe('B002');
    serve({ [`POST ${SLIPS}`]: slip(false), [`POST ${ARRIVALS}`]: made('checked_in', { arrival: ARRIVAL }) });
    await machine.arrive({ code: 'YZ1:2' }, true);
    expect([machine.arrival.value?.visit.ticket, machine.printed.value]).toEqual(['A013', 'not_printed']);
    serve({ [`POST ${ARRIVALS}`]: made('bad_code') });
    await machine.arrive({ code: 'YZ1:3' }, true);
    expect(machine.arrival.value?.visit.ticket).toBe('A013');
    expect(asked.filter((one) => one.path === ARRIVALS)).toHaveLength(1);
  });

  it('reads again what could not be read, under the same key', async () => {
    const machine = ticket();
    const failed = serve({});
    void machine.arrive({ code: 'YZ1:1' }, true);
    await after(12_000);
    expect(machine.step.value).toBe('failed');
    machine.priority.value = 'elder'; // of whoever was there before
    const asked = serve({ [`POST ${ARRIVALS}`]: made('checked_in', { arrival: ARRIVAL }), [`POST ${SLIPS}`]: slip(true) });
    await machine.arrive({ code: 'YZ1:1' }, true);
    expect(machine.step.value).toBe('taken');
    expect(machine.priority.value).toBe('none');
    expect(new Set([...keysOf(failed, ARRIVALS), ...keysOf(asked, ARRIVALS)]).size).toBe(1);
  });

  it('prints no second number for whoever has come already', async () => {
    const asked = serve({ [`POST ${ARRIVALS}`]: made('checked_in', { arrival: { ...ARRIVAL, already: true } }) });
    const machine = ticket();
    await machine.arrive({ document: CARD }, true);
    expect([machine.step.value, machine.printed.value, machine.note.value]).toEqual(['taken', 'had', '您已经签到，请听叫号。']);
    expect(keysOf(asked, SLIPS)).toEqual([]);
    expect(machine.card.value).toBeNull();
  });

  it('offers a number to whoever has no appointment here, and says why', async () => {
    for (const [answer, note] of [
      [made('elsewhere', { elsewhere: '河底镇' }), '预约在河底镇站。可以在这里取现场号。'],
      [made('not_certain'), '此单尚未确认。可以取现场号排队。'],
      [made('bad_code'), '二维码不是本市签发或已损坏。可以取现场号，或请导办员查找。'],
      [made('nobody'), '没有找到今天在本站的预约。'],
    ] as const) {
      serve({ [`POST ${ARRIVALS}`]: answer });
      const machine = ticket();
      await machine.arrive({ code: 'YZ1:1' }, true);
      expect([machine.step.value, machine.note.value]).toEqual(['group', note]);
    }
    serve({ [`POST ${ARRIVALS}`]: made('nobody') });
    const closed = ticket();
    await closed.arrive({ document: CARD }, false);
    expect([closed.step.value, closed.note.value]).toEqual(['told', '没有找到今天在本站的预约。']);
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
