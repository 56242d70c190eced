// How far a record has come, and what became of it: two badges that are never mixed.
import type { Life, Rung } from '@/api';
import type { Tone } from '@/ui/tone';

export interface Look { icon: string; tone: Tone }

export const RUNG_LOOK: Record<Rung, Look> = {
  saved: { icon: '○', tone: 'wait' },
  carried: { icon: '◐', tone: 'primary' },
  received: { icon: '●', tone: 'ok' },
};

// Lists are quiet when all is well: only what the city does not have yet stands out.
export const RUNG_IN_LIST: Record<Rung, Look & { quiet?: boolean }> = { ...RUNG_LOOK, received: { ...RUNG_LOOK.received, quiet: true } };

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
