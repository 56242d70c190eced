import { describe, expect, it } from 'vitest';
import { tellEvent } from '@/spec/events';
import { listen, type NodeEvent } from './events';

describe('the stream of events', () => {
  it('is one for all who listen, and each hears it until they stop', () => {
    const first: NodeEvent[] = [];
    const second: NodeEvent[] = [];
    const stopFirst = listen((event) => first.push(event));
    const stopSecond = listen((event) => second.push(event));
    tellEvent('queue', { revision: 1 });
    stopFirst();
    tellEvent('queue', { revision: 2 });
    stopSecond();
    expect(first).toEqual([{ name: 'queue', data: { revision: 1 } }]);
    expect(second).toHaveLength(2);
  });
});
