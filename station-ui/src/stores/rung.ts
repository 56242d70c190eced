// How far a record has come: shape and tone of its badge. Lists stay quiet about what the city has.
import type { Rung } from '@/api';
import type { Tone } from '@/ui/tone';

export const RUNG_LOOK: Record<Rung, { icon: string; tone: Tone }> = {
  saved: { icon: '○', tone: 'wait' },
  carried: { icon: '●', tone: 'primary' },
  received: { icon: '●', tone: 'ok' },
};
