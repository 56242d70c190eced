// How far a record has come, and what became of it: two badges that are never mixed.
import type { Life, Rung } from '@/api';
import type { Tone } from '@/ui/tone';

export interface Look { icon: string; tone: Tone }

export const RUNG_LOOK: Record<Rung, Look> = {
  saved: { icon: '○', tone: 'wait' },
  carried: { icon: '◐', tone: 'primary' },
  received: { icon: '●', tone: 'ok' },
};

const ENDED: Look = { icon: '–', tone: 'wait' };
const UNSURE: Look = { icon: '◐', tone: 'prov' };
const THERE: Look = { icon: '▸', tone: 'primary' };

export const LIFE_LOOK: Record<Life, Look> = {
  submitted: { icon: '○', tone: 'wait' },
  confirmed: { icon: '✓', tone: 'ok' },
  rescheduled: { icon: '✓', tone: 'ok' },
  tentative: UNSURE,
  waitlisted: UNSURE,
  counter_offered: UNSURE,
  checked_in: THERE,
  in_service: THERE,
  fulfilled: { icon: '✓', tone: 'wait' },
  cancelled_by_client: ENDED,
  cancelled_by_station: ENDED,
  rejected: ENDED,
  expired: ENDED,
  no_show: { icon: '!', tone: 'warn' },
  no_show_excused: ENDED,
  disputed: { icon: '!', tone: 'warn' },
};

// What a person may still do with a record; the node has the last word.
const OPEN: Life[] = ['confirmed', 'rescheduled'];
export const mayMove = (life: Life): boolean => OPEN.includes(life);
export const mayCancel = (life: Life): boolean => [...OPEN, 'submitted', 'tentative', 'waitlisted', 'counter_offered'].includes(life);
export const mayCheckIn = (life: Life): boolean =>
  [...OPEN, 'no_show', 'cancelled_by_client', 'cancelled_by_station', 'disputed'].includes(life);
export const mayFinish = (life: Life): boolean => ['checked_in', 'in_service'].includes(life);
