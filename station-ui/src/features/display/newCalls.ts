// Which calls are new since the last look: each is announced once, and those that are over are not announced.
import type { Answer } from '@/api';

export type Call = Answer<'display'>['calling'][number];
const OVER_MS = 60_000;

// A person called again is a new call.
export const nameOf = (call: Call): string => `${call.ticket} ${call.window} ${call.calls} ${call.at_ms}`;

export class NewCalls {
  private seen: Set<string> | null = null;

  // Oldest first. What a screen finds when it starts was called before it was there.
  take(calling: Call[], nowMs: number): Call[] {
    const seen = this.seen;
    this.seen = new Set(calling.map(nameOf));
    if (!seen) return [];
    return calling.filter((call) => !seen.has(nameOf(call)) && nowMs - call.at_ms < OVER_MS).sort((a, b) => a.at_ms - b.at_ms);
  }
}
