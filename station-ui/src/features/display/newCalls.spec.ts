import { describe, expect, it } from 'vitest';
import { NewCalls, type Call } from './newCalls';

const call = (ticket: string, atMs: number, calls = 1): Call => ({ ticket, window: 2, at_ms: atMs, calls });
const tickets = (calls: Call[]): string[] => calls.map((each) => each.ticket);

describe('new calls', () => {
  it('are those since the last look, oldest first', () => {
    const calls = new NewCalls();
    expect(calls.take([call('A001', 0)], 1)).toEqual([]);
    expect(tickets(calls.take([call('A003', 20), call('A002', 10), call('A001', 0)], 21))).toEqual(['A002', 'A003']);
    expect(calls.take([call('A003', 20), call('A002', 10)], 22)).toEqual([]);
  });

  it('come again when a person is called again', () => {
    const calls = new NewCalls();
    calls.take([call('A001', 0)], 1);
    expect(tickets(calls.take([call('A001', 15_000, 2)], 15_001))).toEqual(['A001']);
  });

  it('are not announced a minute late', () => {
    const calls = new NewCalls();
    calls.take([], 0);
    expect(calls.take([call('A001', 0)], 60_000)).toEqual([]);
  });
});
